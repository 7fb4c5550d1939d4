"""An editor changes a page; translators see the change and nothing else; readers are told."""

import polib
import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.campaigns.models import CampaignPage
from cms.languages.changes import changes_for
from cms.languages.freshness import freshness_of
from cms.languages.terms import ApprovedTerm
from cms.languages.waiting import waiting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _publish_at_once(monkeypatch):
    """wagtail-localize publishes on commit; a test's transaction never commits."""
    monkeypatch.setattr("wagtail_localize.models.transaction.on_commit", lambda callback, **kwargs: callback())


def member(*groups):
    user = factories.UserFactory()
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def translation(language, slug="world-ip-day"):
    source = Page.objects.get(slug=slug, locale__language_code="en")
    return Translation.objects.get(source__object_id=source.translation_key, target_locale__language_code=language)


def sync(client):
    return client.post(reverse("wagtail_localize:update_translations", args=[translation("fr").source_id]), {})


@pytest.fixture
def editor(client):
    user = member("Editors")
    client.force_login(user)
    return user


@pytest.fixture
def changed(campaign):
    campaign.slogan = "Every maker matters. Trade secrets too."
    campaign.save_revision().publish()
    return campaign


def offers(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_the_editor_is_offered_the_sync_on_the_page(client, editor, changed):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[changed.pk])).content.decode()
    assert "The translations do not have these changes yet" in page
    assert reverse("wagtail_localize:update_translations", args=[translation("fr").source_id]) in page


def test_a_fresh_page_offers_nothing(client, editor, campaign):
    page = client.get(reverse("wagtailadmin_pages:edit", args=[campaign.pk])).content.decode()
    assert "do not have these changes" not in page


def test_a_new_page_is_offered_its_first_translation(client, editor):
    index = Page.objects.get(slug="campaigns", locale__language_code="en")
    page = CampaignPage(
        title="New", slug="new", theme="T", slogan="S", starts_on="2027-01-01", ends_on="2027-01-02", story=[]
    )
    index.add_child(instance=page)
    page.save_revision().publish()
    assert (
        reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )


def test_after_the_sync_the_translator_sees_the_changed_segment_only(client, editor, changed):
    assert sync(client).status_code == 302
    changes = changes_for(translation("fr"))
    assert [change.segment.string.data for change in changes] == ["Every maker matters. Trade secrets too."]
    assert changes[0].before == "Every maker leaves a mark."
    assert changes[0].before_translated == "Qui crée laisse une empreinte."


def test_nothing_of_the_live_translation_is_lost_by_the_sync(client, editor, changed):
    sync(client)
    page = client.get("/fr/campaigns/world-ip-day/").content.decode()
    assert "Qui crée laisse une empreinte." in page
    assert "a changé le" in page


def test_the_translator_fills_in_and_publishes(client, editor, changed):
    sync(client)
    client.force_login(member("Translators"))
    target = translation("zh-hans")
    url = reverse("languages:changes", args=[target.pk])
    assert "trade secret" not in client.get(url).content.decode()
    segment = changes_for(target)[0].segment
    client.post(url, {f"segment-{segment.pk}": "创造者人人重要。", "publish": "1"})
    page = client.get("/zh-hans/campaigns/world-ip-day/").content.decode()
    assert "创造者人人重要。" in page
    assert freshness_of(Page.objects.get(slug="world-ip-day", locale__language_code="zh-hans")).is_behind is False


def test_a_translation_published_with_gaps_says_so(client, editor, changed):
    sync(client)
    translation("es").save_target(publish=True)
    page = client.get("/es/campaigns/world-ip-day/").content.decode()
    assert "aún no están traducidas" in page


def test_a_broken_link_in_a_translation_is_refused_and_kept(client, editor, campaign):
    campaign.story = [{"type": "paragraph", "value": '<p>See <a href="https://example.org">this</a>.</p>'}]
    campaign.save_revision().publish()
    sync(client)
    target = translation("fr")
    client.force_login(member("Translators"))
    segment = next(change.segment for change in changes_for(target) if "<a" in change.segment.string.data)
    response = client.post(
        reverse("languages:changes", args=[target.pk]), {f"segment-{segment.pk}": "Voir <a id='a9'>ceci</b>"}
    )
    assert "Keep every link and mark" in response.content.decode()
    assert "Voir &lt;a id=" in response.content.decode()


def test_official_terms_are_shown_beside_the_segment(client, editor, campaign):
    campaign.slogan = "Mind the prior art."
    campaign.save_revision().publish()
    sync(client)
    assert ApprovedTerm("prior art", "état de la technique") in changes_for(translation("fr"))[0].terms


def test_people_without_the_right_do_not_translate(client, changed):
    client.force_login(factories.UserFactory())
    response = client.get(reverse("languages:changes", args=[translation("fr").pk]))
    assert response.status_code in {302, 403}


def test_translators_may_not_touch_the_source(client, campaign):
    user = member("Translators")
    assert not campaign.permissions_for_user(user).can_edit()
    french = Page.objects.get(slug="world-ip-day", locale__language_code="fr")
    assert french.permissions_for_user(user).can_publish()


def test_the_dashboard_says_what_waits_for_whom(client, editor, changed):
    assert [(line.title, line.whom) for line in waiting()] == [(changed.title, "Editors")]
    sync(client)
    lines = waiting()
    assert {line.whom for line in lines} == {
        f"Translators: {name}" for name in ("简体中文", "Français", "Español", "Русский", "العربية")
    } or len(lines) == 5
    assert all("1 segment" in line.what for line in lines)
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "What waits for whom" in page
    assert changed.title in page


def test_pages_in_review_wait_for_moderators(client, editor, campaign):
    campaign.slogan = "Draft"
    campaign.save_revision()
    campaign.get_workflow().start(campaign, editor)
    assert [line.whom for line in waiting()] == ["Moderators"]


def upload(client, language, content):
    url = reverse("wagtail_localize:upload_pofile", args=[translation(language).pk])
    file = SimpleUploadedFile("fr.po", content, content_type="text/x-gettext-translation")
    return client.post(url, {"file": file, "next": reverse("wagtailadmin_home")})


def test_french_comes_in_by_po(client, editor, changed):
    sync(client)
    target = translation("fr")
    po = target.export_po()
    entry = next(entry for entry in po if entry.msgid.startswith("Every maker matters"))
    entry.msgstr = "Chaque créateur compte."
    client.force_login(member("Translators"))
    response = upload(client, "fr", str(po).encode())
    assert "Successfully imported" in offers(response)
    target.save_target(publish=True)
    assert "Chaque créateur compte." in client.get("/fr/campaigns/world-ip-day/").content.decode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this is no PO file\x00\xff", "not a valid PO file"),
        (b'msgid "x"\nmsgstr "unclosed', "not downloaded from here"),
        (b"", "not downloaded from here"),
        (b'msgid "x"\nmsgstr "y"\n', "not downloaded from here"),
        (b"#" * (3 * 1024 * 1024), "too large"),
    ],
    ids=["binary", "unclosed", "empty", "foreign", "huge"],
)
def test_a_broken_po_is_refused_and_nothing_is_lost(client, editor, content, reason):
    before = str(translation("fr").export_po())
    client.force_login(member("Translators"))
    response = upload(client, "fr", content)
    assert response.status_code == 302
    assert reason in offers(response)
    after = str(translation("fr").export_po())
    assert polib.pofile(before).translated_entries() == polib.pofile(after).translated_entries()


def test_locales_are_the_six():
    assert Locale.objects.count() == 6
