"""The campaign desk: every part in every language at a glance, sent to the translators at once, and its numbers."""

import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from cms.accounts.models import User
from cms.artwork.columns import column_chart
from cms.campaigns.desk.languages import LanguageTable
from cms.campaigns.desk.models import TranslationOrder
from cms.campaigns.desk.numbers import Numbers
from cms.campaigns.desk.tidying import tidy
from cms.campaigns.kits.api import kit_for, make
from cms.campaigns.kits.models import Kit, KitFile
from cms.campaigns.models import CampaignPage
from cms.campaigns.participation.models import Comment
from cms.languages.starter import story
from cms.statistics.models import Act
from cms.statistics.sums import add
from tests.campaigns.pages import event, release, translated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_newsroom")]


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    return client


@pytest.fixture
def fresh(campaign):
    """A campaign in English only."""
    page = CampaignPage(
        title="Fresh", slug="fresh", theme="T", slogan="S", summary="x",
        starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 2), story=story("fresh", ["A trade secret is kept."]),
    )  # fmt: skip
    campaign.get_parent().add_child(instance=page)
    page.save_revision().publish()
    return CampaignPage.objects.get(pk=page.pk)


def states(campaign, title) -> dict[str, str]:
    table = LanguageTable(campaign)
    row = next(row for row in table.rows if row.title == title)
    return {code: cell.state for (code, _name), cell in zip(table.languages, row.cells, strict=True)}


def test_a_part_is_missing_a_draft_live_or_stale(campaign, fresh):
    assert states(fresh, "Fresh") == {"en": "live", **dict.fromkeys(["zh-hans", "fr", "es", "ru", "ar"], "missing")}
    translated(fresh, "fr", publish=False)
    assert states(fresh, "Fresh")["fr"] == "draft"
    assert set(states(campaign, campaign.title).values()) == {"live"}
    campaign.slogan = "Another slogan."
    campaign.save_revision().publish()
    found = states(campaign, campaign.title)
    assert found.pop("en") == "live"
    assert set(found.values()) == {"stale"}


def test_press_events_and_editions_have_rows_of_their_own(campaign):
    release("For the day", campaign=campaign)
    page = event("In the library", campaign=campaign)
    translated(page)
    assert states(campaign, "For the day")["fr"] == "missing"
    assert states(campaign, "In the library")["fr"] == "stale"  # nothing of it is translated yet


@pytest.mark.usefixtures("small_formats")
def test_the_kit_is_drawn_or_not_or_behind(campaign):
    def kit():
        page = CampaignPage.objects.get(pk=campaign.pk)
        table = LanguageTable(page)
        return [cell.state for cell in table.rows[1].cells]

    assert kit() == ["draft"] * 6
    made, _is_new = kit_for(campaign.translation_key, "en", for_all=True)
    make(made)
    assert kit() == ["live"] * 6
    campaign.slogan = "Another slogan."
    campaign.save()
    assert kit() == ["stale", *["live"] * 5]


def test_everything_is_sent_for_translation_at_once(editor, fresh):
    release("Its press", campaign=fresh)
    event("Its event", campaign=fresh)
    url = reverse("desk:languages", args=[fresh.pk])
    assert editor.post(url).status_code == 302
    order = TranslationOrder.objects.get()
    assert order.state == TranslationOrder.State.READY, order.error
    assert order.done == order.total
    for title in ("Fresh", "Its press", "Its event"):
        assert states(fresh, title) == {"en": "live", **dict.fromkeys(["zh-hans", "fr", "es", "ru", "ar"], "draft")}
    assert Translation.objects.filter(source__object_id=fresh.translation_key, enabled=True).count() == 5
    before = Page.objects.count()
    editor.post(url)
    assert Page.objects.count() == before
    assert TranslationOrder.objects.first().sent == 0


def test_changes_reach_translations_that_exist(editor, campaign):
    campaign.slogan = "Another slogan."
    campaign.save_revision().publish()
    editor.post(reverse("desk:languages", args=[campaign.pk]))
    translation = Translation.objects.get(
        source__object_id=campaign.translation_key, target_locale=Locale.objects.get(language_code="fr")
    )
    page = editor.get(reverse("languages:changes", args=[translation.pk])).content.decode()
    assert "Another slogan." in page
    french = CampaignPage.objects.get(translation_key=campaign.translation_key, locale__language_code="fr")
    assert french.live
    assert french.slogan != "Another slogan."


def test_the_table_is_for_those_who_may_edit(client, learner, campaign):
    urls = [reverse(f"desk:{name}", args=[campaign.pk]) for name in ("languages", "numbers")]
    assert all(client.get(url).status_code == 302 for url in urls)
    client.force_login(learner)
    assert all(client.get(url).status_code in {302, 403} for url in urls)


def test_the_table_asks_few_questions(editor, campaign, django_assert_max_num_queries):
    for number in range(4):
        release(f"Release {number}", campaign=campaign)
    url = reverse("desk:languages", args=[campaign.pk])
    assert "Release 3" in editor.get(url).content.decode()
    with django_assert_max_num_queries(75):
        editor.get(url)


# --- numbers ------------------------------------------------------------------------------------------
@pytest.fixture
def counted(campaign):
    page = release("Its press", campaign=campaign)
    for day, number in ((1, 4), (3, 6)):
        add(campaign.translation_key, Act.VIEW, "fr", number, datetime(2027, 4, day, tzinfo=UTC))
    add(page.translation_key, Act.VIEW, "en", 5, datetime(2027, 4, 3, tzinfo=UTC))
    add(campaign.translation_key, Act.SHARE, "ar", 2, datetime(2027, 4, 2, tzinfo=UTC))
    return campaign


def test_numbers_are_those_of_the_campaign_and_all_its_parts(counted):
    numbers = Numbers(counted, None, None)
    assert [act.total for act in numbers.acts] == [15, 0, 2]
    assert dict(numbers.languages)["Français"] == [10, 0, 0]
    assert numbers.acts[0].days == [(date(2027, 4, 1), 4), (date(2027, 4, 3), 11)]


def test_numbers_are_shown_as_chart_table_and_file(editor, counted):
    url = reverse("desk:numbers", args=[counted.pk])
    page = editor.get(url).content.decode()
    assert "<svg viewBox" in page
    assert "3 April 2027" in page
    lines = editor.get(f"{url}?format=csv").content.decode().splitlines()
    assert "2027-04-03,fr,Views,6" in lines
    only = editor.get(f"{url}?format=csv&from=2027-04-03&to=2027-04-03").content.decode()
    assert "2027-04-01" not in only
    assert editor.get(f"{url}?from=nonsense&to=2027-13-45").status_code == 200


def test_a_chart_leaves_room_for_days_without_any():
    chart = column_chart([(date(2027, 4, 1), 4), (date(2027, 4, 4), 2)])
    assert [column.x for column in chart.columns] == [0, 540]
    assert chart.columns[0].height == 2 * chart.columns[1].height
    mirrored = column_chart([(date(2027, 4, 1), 4), (date(2027, 4, 4), 2)], right_to_left=True)
    assert mirrored.columns[0].x > mirrored.columns[1].x
    assert column_chart([]) is None


# --- tidying ------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("small_formats")
def test_old_kits_are_cleared_with_their_files_and_new_ones_stay(campaign):
    made, _is_new = kit_for(campaign.translation_key, "en", for_all=False)
    make(made)
    made.refresh_from_db()
    name, storage = made.file.name, made.file.storage
    assert tidy(30).files == 0
    Kit.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    KitFile.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert tidy(30).files == 1 + 9
    assert not storage.exists(name)
    assert not KitFile.objects.exists()


def test_comments_nobody_confirmed_are_forgotten_and_others_stay():
    def comment(state, day):
        return Comment.objects.create(
            consultation_key=uuid4(), form_key=uuid4(), text="x", name="x", email="x@example.org", language="en",
            state=state, created_at=datetime(2020, 1, day, tzinfo=UTC),
        )  # fmt: skip

    comment("unconfirmed", 1)
    kept = comment("waiting", 1)
    call_command("tidy_campaigns", stdout=io.StringIO())
    assert list(Comment.objects.all()) == [kept]
