"""The library, the lesson page and the lesson on paper."""

import re
import unicodedata

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from curriculum.library.starter import SLUGS
from curriculum.packs import api as packs
from curriculum.plans.models import LessonPlanPage
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


def titles(client, query, language="en"):
    return [page.title for page in client.get(f"/{language}/lessons/?{query}").context["lessons"]]


def test_there_are_two_lessons_for_each_stage_in_every_language():
    for language in LANGUAGES:
        stages = LessonPlanPage.objects.live().filter(locale__language_code=language).values_list("stage", flat=True)
        assert sorted(stages) == ["primary"] * 2 + ["secondary"] * 2 + ["university"] * 2


def test_steps_add_up_in_every_lesson():
    for lesson in LessonPlanPage.objects.all():
        assert lesson.minutes_of_steps == lesson.minutes, lesson.slug


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 6),
        ("stage=primary", 2),
        ("subject=music", 1),
        ("topic=copyright", 2),
        ("stage=secondary&topic=copyright", 1),
        ("stage=university&subject=music", 0),
    ],
)
def test_it_filters(client, query, count):
    assert len(titles(client, query)) == count


def test_it_filters_by_language_and_says_so(client):
    response = client.get("/en/lessons/?language=zh-hans&stage=primary")
    page = response.content.decode()
    assert "有发明人的铅笔" in page
    assert "These lessons are in" in page
    assert 'lang="zh-hans" dir="ltr"' in page


@pytest.mark.parametrize("query", ["stage=kindergarten", "topic=nothing", "language=xx", "subject=%00"])
def test_an_unknown_filter_is_said_and_nothing_is_shown(client, query):
    response = client.get(f"/en/lessons/?{query}")
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert titles(client, query) == []


def test_a_filter_is_taken_away_by_its_link(client):
    page = client.get("/en/lessons/?stage=primary&topic=copyright").content.decode()
    assert 'href="?topic=copyright"' in page
    assert 'href="?stage=primary"' in page


def test_private_lessons_are_not_listed_nor_printed(client, lesson):
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert lesson.title not in titles(client, "")
    assert client.get(f"/en/packs/{lesson.translation_key}/lesson-plan.pdf").status_code == 404


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
    page = client.get("/en/lessons/may-i-use-this-picture/").content.decode()
    for heading in (
        "Learning objectives",
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


def plain(text):
    """Text as a reader sees it: presentation forms resolved, spaces and line breaks gone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_pdf_is_accessible_and_complete_in_every_language(client, language, slug):
    lesson = LessonPlanPage.objects.get(slug=slug, locale__language_code=language)
    response = client.get(f"/{language}/packs/{lesson.translation_key}/lesson-plan.pdf")
    assert response["Content-Type"] == "application/pdf"
    text = plain(check_accessible_pdf(response.content, language))
    if language == "ar":  # extraction orders right-to-left runs in its own way: look for every word
        words = re.findall(r"[\u0621-\u064a]{4,}", lesson.summary)
        found = [word for word in words if word in text or word[::-1] in text]
        assert len(found) >= len(words) * 0.6, (words, found)
    else:
        assert plain(lesson.title) in text
        assert plain(lesson.assessment[:20]) in text
        for step in lesson.steps:
            assert plain(step.value["title"]) in text
        assert plain(lesson.worksheets[0].value["title"]) in text


def test_the_worksheets_alone_hold_no_answers(client, lesson):
    pdf = client.get(f"/en/packs/{lesson.translation_key}/worksheets.pdf").content
    text = check_accessible_pdf(pdf, "en")
    assert "My better thing" in text
    assert "declared invalid" not in text


def test_the_pdf_has_a_name_in_its_own_script(client):
    lesson = LessonPlanPage.objects.get(slug="pencil-with-an-inventor", locale__language_code="zh-hans")
    response = client.get(f"/zh-hans/packs/{lesson.translation_key}/lesson-plan.pdf")
    assert "filename*=utf-8''%E6%9C%89" in response["Content-Disposition"]


def test_the_pdf_is_made_once_until_the_page_changes(lesson, monkeypatch):
    caches["documents"].clear()
    made = []
    original = packs.render_pdf.__globals__["_compile"]
    monkeypatch.setitem(packs.render_pdf.__globals__, "_compile", lambda *args: made.append(1) or original(*args))
    with override("en"):
        first = packs.lesson_plan_pdf(lesson)
        assert packs.lesson_plan_pdf(lesson) == first
        assert len(made) == 1
        lesson.assessment = "Changed."
        lesson.save_revision().publish()
        changed = packs.lesson_plan_pdf(LessonPlanPage.objects.get(pk=lesson.pk))
    assert len(made) == 2
    assert changed != first


def test_a_translation_that_is_behind_says_so_on_paper(lesson):
    lesson.summary = "Something new."
    lesson.save_revision().publish()
    french = LessonPlanPage.objects.get(slug=lesson.slug, locale__language_code="fr")
    with override("fr"):
        text = plain(check_accessible_pdf(packs.lesson_plan_pdf(french), "fr"))
    assert plain("La page d’origine a changé le") in text


def test_a_lesson_that_does_not_exist_in_a_language_has_no_pdf_there(client, lesson):
    Page.objects.get(slug=lesson.slug, locale__language_code="ar").unpublish()
    assert client.get(f"/ar/packs/{lesson.translation_key}/lesson-plan.pdf").status_code == 404
    assert client.get(f"/en/packs/{lesson.translation_key}/lesson-plan.pdf").status_code == 200


def test_text_cannot_be_mistaken_for_typst(lesson):
    lesson.title = '#panic("x") $x^2$ *bold* @ref <label> \\ `raw`'
    with override("en"):
        pdf = packs.lesson_plan_pdf(lesson)
    assert '#panic("x")' in check_accessible_pdf(pdf, "en")
