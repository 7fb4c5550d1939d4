"""The lesson plan: what it holds, what it refuses, what its page shows."""

import json
import re

import pytest
from django.core.exceptions import ValidationError

from curriculum.plans.checks import check_lesson
from curriculum.plans.models import LessonPlanPage

pytestmark = pytest.mark.django_db


def lesson_url(slug, language="en"):
    return LessonPlanPage.objects.get(slug=slug, locale__language_code=language).url


LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


def test_there_is_a_programme_of_six_lessons_for_each_stage_in_every_language():
    for language in LANGUAGES:
        stages = LessonPlanPage.objects.live().filter(locale__language_code=language).values_list("stage", flat=True)
        assert sorted(stages) == ["primary"] * 6 + ["secondary"] * 6 + ["university"] * 6


def test_every_starter_lesson_passes_the_content_checks():
    for lesson in LessonPlanPage.objects.all():
        assert check_lesson(lesson) == [], lesson.slug


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("assessment", "", "no assessment"),
        ("licence", None, "No licence"),
        ("summary", "", "summary is empty"),
        ("grade_from", None, "no grade"),
        ("objectives", [], "no learning objectives"),
        ("minutes", 41, "take 40 minutes, the lesson 41"),
        ("stage", "university", "not the one of the place"),
    ],
)
def test_a_content_check_says_what_is_missing(lesson, field, value, words):
    setattr(lesson, field, value)
    assert any(words in str(finding.message) for finding in check_lesson(lesson))


def test_it_describes_itself_to_machines(client, lesson):
    page = client.get(lesson.url).content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["@type"] == "LearningResource"
    assert data["inLanguage"] == "en"
    assert data["timeRequired"] == "PT40M"
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["version"] == "1.0"


def test_a_title_cannot_break_out_of_the_structured_data(client, lesson):
    lesson.title = "</script><script>alert(1)</script>"
    lesson.save_revision().publish()
    page = client.get(lesson.url).content.decode()
    assert "<script>alert" not in page


def test_lessons_lead_from_one_to_the_next(client, lesson):
    page = client.get(lesson.url)
    assert page.context["neighbours"].number == 1
    assert page.context["neighbours"].count == 6
    following = page.context["neighbours"].following
    assert following.slug == "an-idea-for-the-schoolyard"
    assert f'rel="next" href="{following.url}"' in page.content.decode()
    assert client.get(following.url).context["neighbours"].previous.pk == lesson.pk


def test_it_answers_to_its_short_address(client):
    response = client.get("/en/lessons/pencil-with-an-inventor/")
    assert response.status_code == 301
    assert response.url == lesson_url("pencil-with-an-inventor")


def test_related_lessons_are_shown_in_the_reader_s_language(client):
    page = client.get(lesson_url("whose-song-is-it", "fr")).content.decode()
    assert LessonPlanPage.objects.get(slug="pencil-with-an-inventor", locale__language_code="fr").url in page


def test_minutes_that_do_not_add_up_are_refused(lesson):
    lesson.minutes = 45
    with pytest.raises(ValidationError, match="take 40 minutes, the lesson 45"):
        lesson.clean()


def test_grades_in_the_wrong_order_are_refused(lesson):
    lesson.grade_to = 1
    with pytest.raises(ValidationError, match="lower than the first"):
        lesson.clean()


@pytest.mark.parametrize(("first", "last", "text"), [(3, 4, "3–4"), (5, 5, "5"), (None, None, ""), (7, None, "7")])
def test_grades_are_written_as_a_range(first, last, text):
    assert LessonPlanPage(grade_from=first, grade_to=last).grades == text


def test_the_lesson_page_has_what_a_teacher_looks_for(client):
    page = client.get(lesson_url("may-i-use-this-picture")).content.decode()
    for heading in (
        "Big idea",
        "Essential questions",
        "Learning objectives",
        "Prior knowledge",
        "Preparation",
        "Materials",
        "Steps",
        "Assessment",
        "Worksheets",
        "Terms of art",
    ):
        assert f"<h2>{heading}</h2>" in page
    for fact in ("Secondary school", "8–9", "45 minutes", "Copyright", "CC BY 4.0"):
        assert fact in page
    assert "/lesson-plan.pdf" in page
