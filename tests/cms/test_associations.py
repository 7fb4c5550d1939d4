"""Associations publish through a section of their own, with editors who have rights there and nowhere else."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Page

from cms.associations.models import AssociationIndexPage, AssociationPage
from cms.associations.rights import give_rights
from cms.campaigns.events.models import EventIndexPage
from cms.campaigns.newsroom.models import NewsroomPage, PressReleasePage
from cms.correspondence.models import Announcement
from cms.languages.starter import story
from tests import factories

pytestmark = pytest.mark.django_db


def add_association(slug: str) -> AssociationPage:
    index = AssociationIndexPage.objects.get(locale__language_code="en")
    body = factories.OrganisationFactory(slug=slug, name_en=slug.title(), kind="association")
    page = AssociationPage(slug=slug, title=slug.title(), summary="We inspect.", organisation=body, locale=index.locale)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


def editor_of(page: AssociationPage) -> Any:
    user = factories.UserFactory()
    user.groups.add(Group.objects.get(name=f"Association: {page.organisation.slug}"))
    return user


@pytest.fixture
def section() -> AssociationPage:
    return add_association("inspectors")


def add_newsroom(section: AssociationPage) -> NewsroomPage:
    newsroom = NewsroomPage(slug="news", title="Inspectors’ news", summary="News.", locale=section.locale)
    section.add_child(instance=newsroom)
    newsroom.save_revision().publish()
    return newsroom


def add_release(newsroom: NewsroomPage, title: str = "We have moved") -> PressReleasePage:
    release = PressReleasePage(
        slug="moved", title=title, summary="To the harbour.", locale=newsroom.locale, body=story("r", ["Text."])
    )
    newsroom.add_child(instance=release)
    release.save_revision().publish()
    return release


def test_its_editors_change_their_section_and_nothing_else(client, section) -> None:
    other = add_association("engravers")
    client.force_login(editor_of(section))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[section.pk])).status_code == 200
    for page in (other, section.get_parent(), Page.objects.get(slug="world-ip-day", locale__language_code="en")):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302
    add = "wagtailadmin_pages:add"
    assert client.get(reverse(add, args=["newsroom", "newsroompage", section.pk])).status_code == 200
    assert client.get(reverse(add, args=["events", "eventindexpage", section.pk])).status_code == 200
    assert client.get(reverse(add, args=["newsroom", "newsroompage", other.pk])).status_code == 302
    listing = client.get(reverse("wagtailadmin_explore", args=[section.get_parent().pk])).content.decode()
    assert "Engravers" not in listing


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Picture.new("RGB", (20, 20)).save(file, "PNG")
    return SimpleUploadedFile("a.png", file.getvalue(), "image/png")


def test_its_pictures_lie_in_a_collection_of_its_own(client, section) -> None:
    other = add_association("engravers")
    names = {one.slug: Collection.objects.get(name=f"Association: {one.slug}") for one in (section, other)}
    client.force_login(editor_of(section))
    address = reverse("wagtailimages:add")
    for slug, status in ((section.slug, 302), (other.slug, 200)):
        data = {"title": slug, "file": picture(), "collection": names[slug].pk, "description": "A"}
        client.post(address, data)
        assert get_image_model().objects.filter(collection=names[slug]).exists() == (status == 302)


def test_rights_are_given_in_every_language_of_the_section(client, section) -> None:
    french = section.copy_for_translation(Locale.objects.get(language_code="fr"), copy_parents=True)
    client.force_login(editor_of(section))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[french.pk])).status_code == 200


def test_news_and_events_stand_on_the_front_page_and_have_feeds(client, section) -> None:
    newsroom = add_newsroom(section)
    add_release(newsroom)
    events = EventIndexPage(slug="events", title="Inspectors’ events", summary="Events.", locale=section.locale)
    section.add_child(instance=events)
    events.save_revision().publish()
    html = client.get(section.url).content.decode()
    assert "We have moved" in html
    assert "Inspectors’ events" in html
    assert "Inspectors" in client.get(section.get_parent().url).content.decode()
    page = client.get(newsroom.url).content.decode()
    feed = reverse("newsroom:atom_of", args=[newsroom.translation_key])
    assert feed in page
    assert reverse("correspondence:ask", args=["press"]) not in page
    assert "We have moved" in client.get(feed).content.decode()
    assert "We have moved" not in client.get(reverse("newsroom:atom")).content.decode()


def test_its_news_is_not_mailed_to_the_sites_own_subscribers_or_press(client, section, admin_user) -> None:
    mail.outbox.clear()
    release = add_release(add_newsroom(section))
    assert not Announcement.objects.filter(page_key=release.translation_key).exists()
    client.force_login(admin_user)
    assert client.get(reverse("newsroom_admin:tell", args=[release.pk])).status_code == 302  # not here


def test_giving_the_rights_again_changes_nothing(section) -> None:
    before = Group.objects.count(), Collection.objects.count()
    give_rights(section)
    assert (Group.objects.count(), Collection.objects.count()) == before
