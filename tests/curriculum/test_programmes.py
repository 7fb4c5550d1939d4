"""Stages, programmes and units: the map, what a university asks for, and prerequisites that make sense."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from curriculum.plans.maps import programme_map
from curriculum.plans.models import LessonPlanPage, ProgrammePage, StagePage, UnitPage
from curriculum.plans.sequence import circle

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


def programme(slug, language="en"):
    return ProgrammePage.objects.get(slug=slug, locale__language_code=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["ideas-and-inventors", "create-use-respect", "ip-in-two-credits"])
def test_every_programme_is_complete_in_every_language(client, slug, language):
    page = client.get(programme(slug, language).url)
    plan = page.context["map"]
    assert [len(row.lessons) for row in plan.rows] == [2, 2, 2]
    html = page.content.decode()
    for lesson in plan.lessons:
        assert lesson.title in html


def test_the_map_spreads_lessons_over_the_weeks():
    plan = programme_map(programme("create-use-respect"))
    assert [(row.first_week, row.last_week) for row in plan.rows] == [(1, 2), (3, 4), (5, 7)]
    weeks = [(week, len(lessons)) for row in plan.rows for week, lessons in row.weeks]
    assert weeks == [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 0)]
    assert plan.hours == 4.5


def test_a_university_programme_shows_credits_syllabus_reading_and_weights(client):
    page = client.get(programme("ip-in-two-credits").url).content.decode()
    for text in ("Credits", "Syllabus", "Reading list", "WIPO Intellectual Property Handbook", "40%", "U-1", "IP-3"):
        assert text in page


def test_a_programme_describes_itself_as_a_course(client):
    page = client.get(programme("ip-in-two-credits").url).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["@type"] == "Course"
    assert data["numberOfCredits"] == 2.0
    assert len(data["hasPart"]) == 6


def test_prerequisites_are_shown_in_the_reader_s_language(client):
    page = client.get(programme("create-use-respect", "ar").url).content.decode()
    assert programme("ideas-and-inventors", "ar").url in page


def test_weights_that_are_not_a_hundred_percent_are_refused():
    page = programme("ip-in-two-credits")
    page.assessment_weights[0].value["percent"] = 31
    with pytest.raises(ValidationError, match="101 percent"):
        page.clean()


def test_prerequisites_in_a_circle_are_refused():
    first, second = programme("ideas-and-inventors"), programme("create-use-respect")
    assert circle(first, [second]) == [first.title, second.title, first.title]
    first.prerequisites = [second]
    with pytest.raises(ValidationError, match="round in a circle"):
        first.clean()


def test_a_circle_through_a_translation_is_found_too():
    """The prerequisite is chosen in another language: it is the same programme."""
    first, second = programme("ideas-and-inventors"), programme("create-use-respect", "fr")
    assert circle(first, [second])


def test_a_programme_cannot_require_itself():
    page = programme("ideas-and-inventors")
    assert circle(page, [page])


def test_the_editor_s_form_refuses_a_circle_and_keeps_what_was_typed(admin_client):
    first, second = programme("ideas-and-inventors"), programme("create-use-respect")
    form = first.get_edit_handler().get_form_class()
    streams = {f"{name}-count": "0" for name in ("about", "objectives", "reading_list", "assessment_weights")}
    bound = form(streams | {"title": "Changed", "slug": first.slug, "prerequisites": [second.pk]}, instance=first)
    bound.is_valid()
    assert "round in a circle" in str(bound.errors["prerequisites"])
    assert bound["title"].value() == "Changed"
    assert ProgrammePage.objects.get(pk=first.pk).title != "Changed"


def test_a_stage_leads_to_its_programmes_and_lessons(client):
    stage = StagePage.objects.get(slug="primary", locale__language_code="en")
    page = client.get(stage.url).content.decode()
    assert programme("ideas-and-inventors").url in page
    assert "?stage=primary" in page


def test_a_unit_lists_its_lessons_in_order(client):
    unit = UnitPage.objects.get(slug="ideas-around-us", locale__language_code="en")
    lessons = client.get(unit.url).context["lessons"]
    assert [lesson.slug for lesson in lessons] == ["pencil-with-an-inventor", "an-idea-for-the-schoolyard"]


def test_a_draft_lesson_is_not_on_the_map(client, lesson):
    lesson.unpublish()
    page = client.get(programme("ideas-and-inventors").url)
    assert len(page.context["map"].lessons) == 5


def test_starter_lessons_of_earlier_versions_move_into_their_programme():
    from curriculum.library.models import LessonLibraryPage
    from curriculum.library.starter import load

    library = LessonLibraryPage.objects.get(locale__language_code="en")
    for page in LessonPlanPage.objects.filter(slug="pencil-with-an-inventor"):
        page.move(library.get_translation(page.locale), pos="last-child")
    load()
    for page in LessonPlanPage.objects.filter(slug="pencil-with-an-inventor"):
        assert page.get_parent().slug == "ideas-around-us"
    assert LessonPlanPage.objects.filter(slug="pencil-with-an-inventor").count() == 6
