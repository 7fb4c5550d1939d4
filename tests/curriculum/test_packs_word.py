"""Lesson plans as Word documents: styles, languages and directions, to be edited further."""

import pytest
from docx.oxml.ns import qn

from curriculum.plans.models import LessonPlanPage
from tests.curriculum.packs import opened, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("zh-hans", "zh-CN"), ("fr", "fr-FR"), ("ar", "ar-SA")])
def test_the_word_document_says_its_language_everywhere(client, language, tag):
    lesson = LessonPlanPage.objects.get(slug="tea-from-the-hill", locale__language_code=language)
    document = opened(take(client, lesson, "lesson-plan.docx", language))
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == tag
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text.strip()]
    marked = [run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs]
    assert len(runs) > 20
    assert marked.count(tag) >= len(runs) - 1, "all but the licence's address"
    assert document.core_properties.language == tag
    assert document.core_properties.title == lesson.title


def test_the_word_document_keeps_headings_lists_and_tables_as_styles(client, lesson):
    document = opened(take(client, lesson, "lesson-plan.docx"))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") > 10
    assert "List Bullet" in styles
    assert "List Number" in styles
    assert "Writing Line" in styles
    for table in document.tables:
        assert table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in table.rows[1:])


def test_numbering_begins_anew_on_each_worksheet(client):
    lesson = LessonPlanPage.objects.get(slug="may-i-use-this-picture", locale__language_code="en")
    document = opened(take(client, lesson, "lesson-plan.docx"))
    numbered = [one for one in document.paragraphs if one.style.name == "List Number"]
    numbers = [paragraph._p.pPr.numPr.numId.val for paragraph in numbered]
    assert len(set(numbers)) == 2
    starts = document.part.numbering_part.element.findall(f".//{qn('w:startOverride')}")
    assert [start.get(qn("w:val")) for start in starts] == ["1", "1"]


def test_arabic_runs_from_right_to_left(client):
    lesson = LessonPlanPage.objects.get(slug="tea-from-the-hill", locale__language_code="ar")
    document = opened(take(client, lesson, "lesson-plan.docx", "ar"))
    paragraphs = [one for one in document.paragraphs if one.text.strip() and "://" not in one.text]
    assert all(one._p.pPr is not None and one._p.pPr.find(qn("w:bidi")) is not None for one in paragraphs)
    assert all(run._r.rPr.find(qn("w:rtl")) is not None for one in paragraphs for run in one.runs if run.text)
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in document.tables)
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_two_languages_stand_side_by_side_in_word(client):
    lesson = LessonPlanPage.objects.get(slug="tea-from-the-hill", locale__language_code="en")
    arabic = LessonPlanPage.objects.get(slug="tea-from-the-hill", locale__language_code="ar")
    document = opened(take(client, lesson, "lesson-plan.docx", query="?with=ar"))
    rows = [row for table in document.tables for row in table.rows if len(row.cells) == 2]
    for step, other in zip(lesson.steps, arabic.steps, strict=True):
        row = next(row for row in rows if row.cells[0].text.startswith(step.value["title"]))
        assert row.cells[1].text.startswith(other.value["title"])
        left, right = (cell.paragraphs[0].runs[0]._r.rPr for cell in row.cells)
        assert left.find(qn("w:lang")).get(qn("w:val")) == "en-GB"
        assert right.find(qn("w:lang")).get(qn("w:bidi")) == "ar-SA"
        assert right.find(qn("w:rtl")) is not None
