"""Texts of uploaded documents: read within limits, found only where a public page leads to them."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from docx import Document as Word
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.documents import extract
from cms.documents.extract import ExtractionError
from cms.documents.languages import language_of_text
from cms.documents.models import DocumentText
from curriculum.packs.booklets import Pair, single
from curriculum.packs.content import content_of
from curriculum.packs.pdf import Edition, booklet_pdf
from curriculum.plans.models import LessonAttachment, LessonPlanPage
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db


def word(*paragraphs: str, cell: str = "") -> bytes:
    document, file = Word(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cell:
        document.add_table(1, 1).cell(0, 0).text = cell
    document.save(file)
    return file.getvalue()


def upload(name: str, content: bytes, title: str = "Hand-out", **fields: Any) -> Document:
    return Document.objects.create(title=title, file=ContentFile(content, name=name), **fields)


@pytest.fixture
def attached(lesson: LessonPlanPage, django_capture_on_commit_callbacks: Any) -> Iterator[Document]:
    """A Word file attached to a published lesson, read by the task."""
    with django_capture_on_commit_callbacks(execute=True):
        document = upload("handout.docx", word("The thylacine is the animal of the trade mark.", cell="echidna"))
    lesson.attachments.add(LessonAttachment(document=document))
    lesson.save_revision().publish()
    with refreshed():
        yield document
    document.file.delete(save=False)


def found(client: Client, query: str, language: str = "en") -> bool:
    return "Hand-out" in client.get(f"/{language}/search/", {"q": query}).content.decode().split("<main")[1]


def test_an_attachment_is_found_by_its_text(client: Client, attached: Document) -> None:
    html = client.get("/en/search/", {"q": "thylacines"}).content.decode()
    assert f'href="{attached.url}"' in html
    assert "<mark>thylacine</mark>" in html
    assert found(client, "echidna"), "tables are read, too"


def test_a_document_no_public_page_leads_to_is_not_found(
    client: Client, attached: Document, lesson: LessonPlanPage
) -> None:
    lesson.unpublish()
    assert not found(client, "thylacine")


def test_a_document_of_a_private_page_is_not_found(client: Client, attached: Document, lesson: LessonPlanPage) -> None:
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert not found(client, "thylacine")


def test_a_document_in_a_private_collection_is_not_found(client: Client, attached: Document) -> None:
    private = Collection.get_first_root_node().add_child(name="Private")
    inner = private.add_child(name="Inner")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    Document.objects.filter(pk=attached.pk).update(collection=inner)
    assert not found(client, "thylacine")


def test_a_deleted_document_is_not_found(client: Client, attached: Document) -> None:
    Document.objects.get(pk=attached.pk).delete()
    assert not found(client, "thylacine")


def test_the_same_file_is_read_once(monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = upload("handout.docx", word("quoll"))
    assert DocumentText.objects.get(document=document).text.strip() == "quoll"
    monkeypatch.setattr("cms.documents.models.extract", lambda *args: pytest.fail("read again"))
    document.title = "Another title"
    with django_capture_on_commit_callbacks(execute=True):
        document.save()
    assert DocumentText.objects.get(document=document).title == "Another title"


@pytest.mark.parametrize(("language", "words"), [("en", "pencil"), ("zh-hans", "铅笔"), ("ru", "карандаш")])
def test_a_pdf_is_read(language: str, words: str) -> None:
    lesson = LessonPlanPage.objects.get(slug="pencil-with-an-inventor", locale__language_code=language)
    with override(language):
        pdf = booklet_pdf(single(Pair(content_of(lesson))), Edition.TEACHER)
    assert words in extract.extract(io.BytesIO(pdf), "pdf")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no-pdf.pdf", b"%PDF-1.7 and then nonsense"),
        ("empty.pdf", b""),
        ("no-zip.docx", b"PK\x03\x04 nonsense"),
        ("no-word.docx", b"nothing"),
    ],
)
def test_a_broken_file_is_kept_and_says_why_it_has_no_text(
    name: str, content: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = upload(name, content)
    text = DocumentText.objects.get(document=document)
    assert text.text == ""
    assert text.problem


def bomb() -> io.BytesIO:
    """A Word file that unpacks to more than is allowed."""
    file = io.BytesIO(word("x"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for number in range(11):
            archive.writestr(f"word/media/{number}.bin", b"\0" * 10_000_000)
    file.seek(0)
    return file


def test_a_bomb_is_refused() -> None:
    with pytest.raises(ExtractionError, match="unpacks to more than is allowed"):
        extract.extract(bomb(), "docx")


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MOST_SECONDS", 0.01)
    with pytest.raises(ExtractionError, match="took too long"):
        extract.extract(io.BytesIO(word("x")), "docx")


def test_a_very_long_text_is_cut() -> None:
    text = extract.extract(io.BytesIO(word(*["wallaby " * 1000] * 40)), "docx")
    assert 100_000 < len(text) <= extract.MOST_CHARACTERS


def test_documents_from_before_are_read_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    document = upload("old.docx", word("pademelon"))  # no task runs: the transaction is never committed
    assert not DocumentText.objects.filter(document=document).exists()
    call_command("read_documents")
    assert DocumentText.objects.get(document=document).text.strip() == "pademelon"
    assert "Hand-out: " in capsys.readouterr().out


def test_other_kinds_are_found_by_title_only(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = upload("slides.pptx", b"PK")
    text = DocumentText.objects.get(document=document)
    assert (text.text, text.problem) == ("", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The owner of a patent may license it to others.", "en"),
        ("Le titulaire du brevet peut donner une licence à un tiers.", "fr"),
        ("El titular de la patente puede conceder una licencia a otros.", "es"),
        ("Владелец патента может выдать лицензию.", "ru"),
        ("يجوز لصاحب البراءة أن يرخص بها للغير.", "ar"),
        ("专利权人可以许可他人实施其专利。", "zh-hans"),
        ("", "en"),
        ("1234 5678", "en"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_script_and_commonest_words(text: str, language: str) -> None:
    assert language_of_text(text) == language
