from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from cms.accounts.models import User
from cms.artwork.rosette import rosette

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 4, 19), "upcoming"),
        (date(2027, 4, 20), "live"),
        (date(2027, 4, 26), "live"),
        (date(2027, 4, 27), "over"),
    ],
)
def test_the_state_follows_the_day(day, state):
    week = Page.objects.get(slug="national-ip-publicity-week", locale__language_code="en").specific
    assert week.state_on(day) == state


def test_a_period_that_ends_before_it_begins_is_refused(campaign):
    campaign.ends_on = date(2027, 4, 1)
    with pytest.raises(ValidationError, match="before the first day"):
        campaign.clean()


def test_a_call_to_action_leads_somewhere(campaign):
    campaign.action_url = ""
    with pytest.raises(ValidationError, match="choose a page or an address"):
        campaign.clean()


def test_the_call_to_action_leads_to_the_readers_language(client, campaign):
    campaign.action_page = Page.objects.get(slug="lessons", locale__language_code="en")
    campaign.save()
    assert campaign.action_address.endswith("/en/lessons/")
    french = Page.objects.get(slug="world-ip-day", locale__language_code="fr").specific
    french.action_page, french.action_url = campaign.action_page, ""
    assert french.action_address.endswith("/fr/lessons/")
    Page.objects.get(slug="lessons", locale__language_code="fr").unpublish()
    assert french.action_address == ""  # never a silent jump to another language


@pytest.mark.parametrize("language", ["zh-hans", "ar"])
def test_translations_share_partners_topics_and_dates(campaign, language):
    other = Page.objects.get(slug="world-ip-day", locale__language_code=language).specific
    assert set(other.topics.all()) == set(campaign.topics.all())
    assert [partner.organisation for partner in other.partners.all()] == [
        partner.organisation for partner in campaign.partners.all()
    ]
    assert other.starts_on == campaign.starts_on


def test_the_page_shows_roles_and_slogan(client):
    page = client.get("/fr/campaigns/world-ip-day/").content.decode()
    assert "Organisme chef de file" in page
    assert "Office de la propriété intellectuelle (démo)" in page
    assert "Qui crée laisse une empreinte." in page


def test_running_campaigns_come_first(client, time_machine_today):
    page = client.get("/en/campaigns/").content.decode()
    assert page.index("National Intellectual Property Publicity Week") < page.index("World Intellectual Property Day")
    assert "Running now" in page


@pytest.fixture
def time_machine_today(monkeypatch):
    monkeypatch.setattr("cms.campaigns.models.timezone.localdate", lambda: date(2027, 4, 21))


@pytest.mark.parametrize(
    "slug",
    [
        "world-ip-day",
        "pencil-with-an-inventor",
        "ideas-around-us",
        "ip-in-two-credits",
        "primary",
        "home",
        "about",
        "lessons",
    ],
)
def test_every_page_kind_opens_in_the_editor_and_previews(client, slug):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    page = Page.objects.get(slug=slug, locale__language_code="en")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_a_rosette_is_the_names_own_and_small():
    assert rosette("world-ip-day") == rosette("world-ip-day")
    assert rosette("world-ip-day") != rosette("about")
    assert len(rosette("world-ip-day", detail=1)) < 8000
