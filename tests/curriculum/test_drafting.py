"""Editors' tools: importing a filled-in template, and the table of lessons and languages."""

import io
import zipfile

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from wagtail.documents import get_document_model

from curriculum.drafting import elements
from curriculum.drafting.forms import LARGEST
from curriculum.plans.checks import check_lesson
from curriculum.plans.models import LessonPlanPage, UnitPage
from tests import factories

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def editor(client):
    user = factories.UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return user


@pytest.fixture
def unit():
    return UnitPage.objects.get(slug="ideas-around-us", locale__language_code="en")


def template(client, language="en"):
    response = client.get(f"/admin/lessons/template/{language}/")
    return Document(io.BytesIO(b"".join(response.streaming_content)))


def after(document, heading):
    """The paragraph below a heading of the template."""
    place = next(n for n, one in enumerate(document.paragraphs) if one.text.startswith(heading))
    return document.paragraphs[place + 1]


def filled(document, facts, steps):
    document.paragraphs[0].text = "Who drew the comic?"
    document.paragraphs[1].text = "The class finds out who made a comic."
    for row in document.tables[0].rows[1:]:
        row.cells[1].text = facts.get(row.cells[0].text, "")
    for row, cells in zip(document.tables[1].rows[1:], steps, strict=False):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return document


def as_upload(document, name="lesson.docx"):
    file = io.BytesIO()
    document.save(file)
    return SimpleUploadedFile(name, file.getvalue(), DOCX)


def upload(client, file, unit):
    return client.post("/admin/lessons/import/", {"file": file, "parent": unit.pk})


FACTS = {
    "Stage": "Primary school",
    "Grades": "3–4",
    "Minutes": "40",
    "Subjects": "Art, Music",
    "Topics": "Copyright",
    "Kind of activity": "Game",
    "Licence": "CC-BY-4.0",
    "Level of Bloom’s taxonomy": "Create",
}
STEPS = [
    ("Look", "Opening", "10", "Show a comic.", "Look closely.", "A comic", "Take an old one."),
    ("Draw", "Practice", "30", "Hand out paper.", "Draw a page.", "", ""),
]


def test_the_template_filled_in_becomes_a_draft(client, editor, unit):
    document = filled(template(client), FACTS, STEPS)
    after(document, "Learning objectives").text = "Name who made a comic."
    after(document, "Assessment").text = "Each pupil names two people."
    after(document, "Worksheet: 1").text = "Who drew it?"
    response = upload(client, as_upload(document), unit)
    assert "Every line was understood." in response.content.decode()
    page = LessonPlanPage.objects.get(title="Who drew the comic?")
    assert not page.live
    draft = page.get_latest_revision_as_object()
    assert (draft.stage, draft.grade_from, draft.grade_to, draft.minutes) == ("primary", 3, 4, 40)
    assert draft.bloom_level == "create"
    assert draft.licence.spdx == "CC-BY-4.0"
    assert {str(one) for one in draft.subjects.all()} == {"Art", "Music"}
    assert [step.value["title"] for step in draft.steps] == ["Look", "Draw"]
    assert draft.steps[0].value["phase"] == "opening"
    assert draft.steps[0].value["tip"] == "Take an old one."
    assert [line.value for line in draft.objectives] == ["Name who made a comic."]
    assert draft.worksheets[0].value["content"][0].block_type == "task"
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


def test_every_line_that_was_not_understood_is_reported(client, editor, unit):
    document = filled(
        template(client),
        FACTS | {"Subjects": "Art, Alchemy", "Grades": "all", "Licence": "my own", "Minutes": "45"},
        [("Look", "Overture", "ten", "Show.", "Look.", "", ""), ("Draw", "", "30", "Hand out.", "", "", "")],
    )
    document.add_heading("Seating plan", level=2)
    document.add_paragraph("Everyone sits in a circle.")
    document.add_table(rows=1, cols=2).rows[0].cells[0].text = "lost"
    page = upload(client, as_upload(document), unit).content.decode()
    for words in (
        "Alchemy",
        "Grades are numbers",
        "my own",
        "The steps take 35 minutes together",
        "Overture",
        "no number of minutes",
        "does not say what the teacher or the students do",
        "Seating plan",
        "Everyone sits in a circle.",
        "We do not know this table",
    ):
        assert words in page, words
    assert LessonPlanPage.objects.filter(title="Who drew the comic?", live=False).exists()


@pytest.mark.parametrize("language", ["zh-hans", "ar", "fr"])
def test_the_template_is_understood_in_every_language(client, editor, language):
    unit = UnitPage.objects.get(slug="ideas-around-us", locale__language_code=language)
    document = filled(template(client, language), {}, [("一", "", "40", "甲", "乙", "", "")])
    response = upload(client, as_upload(document), unit)
    assert response.status_code == 200, response.content.decode()
    page = LessonPlanPage.objects.get(title="Who drew the comic?")
    assert page.locale.language_code == language
    assert page.get_latest_revision_as_object().minutes == 40


def test_a_lesson_of_ours_is_understood_when_it_comes_back(client, editor, unit, lesson):
    """What a teacher downloads as Word, changes and sends in finds its way."""
    data = b"".join(client.get(f"/en/packs/{lesson.translation_key}/lesson-plan.docx").streaming_content)
    response = upload(client, SimpleUploadedFile("lesson.docx", data, DOCX), unit)
    assert response.status_code == 200
    page = LessonPlanPage.objects.get(title=lesson.title, live=False).get_latest_revision_as_object()
    assert [line.value for line in page.objectives] == [line.value for line in lesson.objectives]
    assert len(page.steps) == len(lesson.steps)


# --- bad input ----------------------------------------------------------------------------------------
def refused(client, file, unit, words):
    before = LessonPlanPage.objects.count()
    response = upload(client, file, unit)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert LessonPlanPage.objects.count() == before


def test_a_program_that_calls_itself_a_document_is_refused(client, editor, unit):
    refused(client, SimpleUploadedFile("lesson.docx", b"MZ\x90\x00" + b"\x00" * 500, DOCX), unit, "not a Word document")


def test_an_archive_that_is_no_document_is_refused(client, editor, unit):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    refused(client, SimpleUploadedFile("lesson.docx", file.getvalue(), DOCX), unit, "not a Word document")


def test_a_damaged_document_is_refused(client, editor, unit):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    refused(client, SimpleUploadedFile("lesson.docx", file.getvalue(), DOCX), unit, "document is damaged")


def test_a_zip_bomb_is_refused(client, editor, unit):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (elements.MOST_UNPACKED + 1))
    assert len(file.getvalue()) < 1_000_000
    refused(client, SimpleUploadedFile("lesson.docx", file.getvalue(), DOCX), unit, "holds more than one lesson may")


def test_two_hundred_megabytes_are_refused_before_they_are_read(client, editor, unit, monkeypatch):
    monkeypatch.setattr("curriculum.drafting.views.elements_of", lambda path: pytest.fail("it was read"))
    file = SimpleUploadedFile("lesson.docx", b"PK", DOCX)
    file.size = 200 * 1024 * 1024
    from curriculum.drafting.forms import ImportForm

    form = ImportForm({"parent": unit.pk}, {"file": file}, user=editor)
    assert file.size > LARGEST
    assert not form.is_valid()
    assert "larger than 20 MB" in str(form.errors["file"])


def test_a_document_without_steps_is_refused(client, editor, unit):
    document = Document()
    document.add_heading("A title", level=1)
    refused(client, as_upload(document), unit, "We found no table of steps")


def test_a_document_without_a_title_is_refused(client, editor, unit):
    document = Document()
    document.add_paragraph("Just text.")
    refused(client, as_upload(document), unit, "We found no title")


def test_an_editor_imports_only_where_pages_may_be_added(client, unit):
    translator = factories.UserFactory(is_staff=True)
    translator.groups.add(Group.objects.get(name="Translators"))
    client.force_login(translator)
    assert client.get("/admin/lessons/import/").status_code in (302, 403)
    assert upload(client, as_upload(Document()), unit).status_code in (302, 403)


def test_it_is_for_staff_alone(client, unit):
    client.force_login(factories.UserFactory())
    assert client.get("/admin/lessons/import/").status_code in (302, 403)
    assert client.get("/admin/lessons/languages/").status_code in (302, 403)


# --- the table of languages ---------------------------------------------------------------------------
def states(client, slug):
    rows = client.get("/admin/lessons/languages/").context["rows"]
    row = next(row for row in rows if row.lesson.slug == slug)
    return [cell.state for cell in row.cells]


def test_the_table_says_what_is_current_behind_a_draft_or_missing(client, editor, lesson):
    assert states(client, lesson.slug) == ["current"] * 6
    lesson.summary = "Something new."
    lesson.save_revision().publish()
    french = LessonPlanPage.objects.get(slug=lesson.slug, locale__language_code="fr")
    french.unpublish()
    LessonPlanPage.objects.get(slug=lesson.slug, locale__language_code="ar").delete()
    assert states(client, lesson.slug) == ["current", "behind", "draft", "behind", "behind", "missing"]


def test_the_table_counts_what_the_content_checks_found(client, editor, lesson):
    lesson.licence = None
    lesson.save_revision().publish()
    row = next(row for row in client.get("/admin/lessons/languages/").context["rows"] if row.lesson.slug == lesson.slug)
    assert row.findings == 1


def test_an_attachment_named_like_its_file_is_said(lesson):
    document = get_document_model()(title="scan_0042.pdf")
    document.file.save("scan_0042.pdf", ContentFile(b"%PDF-1.7"))
    lesson.attachments.create(document=document)
    assert [finding.field for finding in check_lesson(lesson)] == ["attachments"]


def test_the_checks_stand_above_the_lesson_s_form(client, editor, lesson):
    url = f"/admin/pages/{lesson.pk}/edit/"
    assert "All content checks pass." in client.get(url).content.decode()
    lesson.licence = None
    lesson.save_revision()
    assert "No licence is chosen" in client.get(url).content.decode()
