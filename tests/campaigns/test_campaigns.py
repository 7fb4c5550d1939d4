from datetime import UTC, date, datetime
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.accounts.models import User
from cms.artwork.rosette import rosette
from cms.campaigns.dates import period_text
from cms.campaigns.models import CampaignPage, EditionPartner, LocalEditionPage
from cms.campaigns.phases import Period
from cms.campaigns.sharing import CHANNELS
from cms.directory.models import Organisation
from cms.statistics.models import Act, DailyCount
from cms.statistics.sums import add
from cms.vocabulary.models import Region
from curriculum.adoption.models import TaughtLesson
from curriculum.adoption.results import lessons_taught
from tests.campaigns.pages import release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2027, 3, 31), "upcoming"),
        (date(2027, 4, 1), "teaser"),
        (date(2027, 4, 19), "teaser"),
        (date(2027, 4, 20), "live"),
        (date(2027, 4, 26), "live"),
        (date(2027, 4, 27), "wrap-up"),
        (date(2027, 5, 31), "wrap-up"),
        (date(2027, 6, 1), "over"),
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
    monkeypatch.setattr(CampaignPage, "today", date(2027, 4, 21))


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


# --- phases -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "day", "says"),
    [
        ("teaser_from", date(2027, 4, 26), "teaser begins before"),
        ("wrap_up_until", date(2027, 4, 26), "wrap-up ends after"),
    ],
)
def test_a_phase_that_does_not_fit_is_refused(campaign, field, day, says):
    setattr(campaign, field, day)
    with pytest.raises(ValidationError, match=says) as refusal:
        campaign.clean()
    assert field in refusal.value.message_dict


def test_the_timeline_shows_todays_phase(client, campaign, monkeypatch):
    monkeypatch.setattr(CampaignPage, "today", date(2027, 4, 1))
    page = client.get("/en/campaigns/world-ip-day/").content.decode()
    current = page.split('aria-current="step"')[1].split("</li>")[0]
    assert "Teaser" in current
    assert "Posters go up" in current
    assert page.count('aria-current="step"') == 1


def test_the_day_is_that_of_the_campaigns_own_time_zone(campaign, settings, monkeypatch):
    moment = datetime(2027, 4, 25, 18, 0, tzinfo=UTC)  # already the 26th in Shanghai
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    campaign.time_zone = "Asia/Shanghai"
    assert campaign.state == "live"
    campaign.time_zone = "America/Lima"
    assert campaign.state == "teaser"


def test_an_unknown_time_zone_is_refused(campaign):
    campaign.time_zone = "Asia/Nowhere"
    with pytest.raises(ValidationError, match="is not a time zone"):
        campaign.full_clean()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "20–26 April 2027"),
        ("zh-hans", "2027年4月20日至26日"),
        ("fr", "20–26 avril 2027"),
        ("es", "20–26 de abril de 2027"),
        ("ru", "20–26 апреля 2027\u202fг."),
        ("ar", "20–26 أبريل 2027"),
    ],
)
def test_a_period_is_written_as_the_language_writes_it(language, text):
    assert period_text(Period(date(2027, 4, 20), date(2027, 4, 26)), language) == text


# --- local editions -----------------------------------------------------------------------------------
@pytest.fixture
def edition(campaign):
    page = LocalEditionPage(title="World IP Day in Shanghai", slug="shanghai", region=Region.objects.get(slug="cn-sh"))
    page.partners = [EditionPartner(organisation=Organisation.objects.get(slug="harbour-school"), role="lead")]
    campaign.add_child(instance=page)
    return page


def test_an_edition_inherits_what_it_does_not_change(client, campaign, edition):
    page = client.get(edition.url).content.decode()
    assert campaign.slogan in page
    assert campaign.summary in page
    assert "Look next door" in page
    assert "26 April 2027" in page
    assert "Harbour Middle School" in page
    assert page.index("Harbour Middle School") < page.index("Association of Young Inventors")
    assert f'href="{campaign.url}"' in page


def test_a_change_of_the_campaign_reaches_the_edition(client, campaign, edition):
    campaign.slogan = "A newer slogan."
    campaign.save()
    assert "A newer slogan." in client.get(edition.url).content.decode()
    edition.slogan, edition.starts_on, edition.ends_on = "Our own.", date(2027, 4, 24), date(2027, 4, 25)
    edition.save()
    page = client.get(edition.url).content.decode()
    assert "A newer slogan." not in page
    assert "Our own." in page
    assert "24–25 April 2027" in page


def test_an_edition_gives_both_days_or_none(edition):
    edition.starts_on = date(2027, 4, 24)
    with pytest.raises(ValidationError, match="both days"):
        edition.clean()
    edition.ends_on = date(2027, 4, 23)
    with pytest.raises(ValidationError, match="before the first day"):
        edition.clean()


def test_the_campaign_names_its_editions(client, campaign, edition):
    page = client.get(campaign.url).content.decode()
    assert "In your region" in page
    assert f'href="{edition.url}"' in page
    edition.unpublish()
    assert "In your region" not in client.get(campaign.url).content.decode()


# --- results ------------------------------------------------------------------------------------------
def test_results_are_the_platforms_own_numbers_and_come_at_the_end(client, campaign, monkeypatch):
    add(campaign.translation_key, Act.VIEW, "fr", 7, datetime(2027, 4, 26, 12, tzinfo=UTC))
    add(campaign.translation_key, Act.VIEW, "fr", 90, datetime(2027, 6, 26, 12, tzinfo=UTC))
    add(campaign.translation_key, Act.DOWNLOAD, "ar", 3, datetime(2027, 5, 1, 12, tzinfo=UTC))
    press = release("For the day", campaign=campaign)
    add(press.translation_key, Act.VIEW, "en", 2, datetime(2027, 4, 27, 12, tzinfo=UTC))
    assert "Pages read" not in client.get(campaign.url).content.decode()
    monkeypatch.setattr(CampaignPage, "today", date(2027, 5, 2))
    response = client.get(campaign.url)
    numbers = {str(result.label): result.number for result in response.context["results"]}
    assert numbers["Pages read"] == 9  # what belongs to it is read, too
    assert numbers["Downloads"] == 3
    assert numbers["Lessons taught"] == 0
    assert "Pages read" in response.content.decode()


def test_lessons_taught_during_it_count_and_few_of_them_are_not_told(campaign):
    topic = campaign.topics.first()
    for number in range(5):
        report = TaughtLesson.objects.create(
            form_key=uuid4(),
            lesson_key=uuid4(),
            lesson_title="A lesson",
            language="en",
            stage="primary",
            taught_on=date(2027, 4, 26),
            class_size=20,
        )
        report.topics.add(topic)
        taught, pupils = lessons_taught(campaign.scope_of(campaign))
        assert (taught.number, pupils.number) == ((None, None) if number < 4 else (5, 100))
    TaughtLesson.objects.update(taught_on=date(2027, 1, 1))
    assert lessons_taught(campaign.scope_of(campaign))[0].number == 0


# --- passing on ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("channel", list(CHANNELS))
def test_passing_on_is_counted_and_leads_to_the_channel(reader, campaign, channel):
    response = reader.get(reverse("campaigns:share", args=[campaign.translation_key, channel]))
    assert response.status_code == 302
    assert "world-ip-day" in unquote(response["Location"])
    assert DailyCount.objects.of([campaign.translation_key]).total(Act.SHARE) == 1


def test_shares_cannot_be_stuffed(reader, campaign, monkeypatch):
    monkeypatch.setattr("cms.campaigns.views.COUNTED_AN_HOUR", 2)
    for _time in range(5):
        reader.get(reverse("campaigns:share", args=[campaign.translation_key, "mail"]))
    assert DailyCount.objects.of([campaign.translation_key]).total(Act.SHARE) == 2


def test_what_cannot_be_read_cannot_be_shared(reader, campaign):
    assert reader.get(f"/en/share/{campaign.translation_key}/nowhere/").status_code == 404
    campaign.unpublish()
    assert reader.get(reverse("campaigns:share", args=[campaign.translation_key, "mail"])).status_code == 404


def test_a_campaign_asks_few_questions(client, campaign, edition, django_assert_max_num_queries):
    client.get(campaign.url)
    with django_assert_max_num_queries(30):
        client.get(campaign.url)


def test_a_slogan_of_five_hundred_characters_is_refused_in_the_form_and_nothing_is_lost(client, campaign):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    with pytest.raises(ValidationError, match="at most 80 characters"):
        CampaignPage(slogan="x" * 500).full_clean(exclude=["path", "depth", "title", "slug"])
    url = reverse("wagtailadmin_pages:edit", args=[campaign.pk])
    data = nested_form_data(
        {
            **{name: getattr(campaign, name) for name in ("title", "slug", "theme", "kind", "time_zone", "design")},
            "summary": "Kept as it was typed",
            "slogan": "long " * 100,
            "starts_on": "2027-04-26",
            "ends_on": "2027-04-26",
            "partners": inline_formset([]),
            "story": streamfield([]),
            "outcome": streamfield([]),
            "comments": inline_formset([]),
        }
    )
    page = client.post(url, data).content.decode()
    assert "at most 80 characters" in page
    assert "Kept as it was typed" in page
    assert CampaignPage.objects.get(pk=campaign.pk).slogan == campaign.slogan
