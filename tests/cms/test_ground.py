"""Health, vocabulary, directory, uploads and media."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.languages.management.commands.check_translations import literal_text
from cms.typeset.fonts import check_fonts
from cms.vocabulary.models import Audience, GlossaryTerm, StrategyMeasure, Topic
from tests import factories

pytestmark = pytest.mark.django_db
COLUMNS = ["title_en", "title_zh_hans", "title_fr", "title_es", "title_ru", "title_ar"]


def test_healthz_is_well(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert response.json()["checks"] == {"database": "ok", "search": "ok"}


@pytest.mark.parametrize("part", ["database", "search"])
def test_healthz_names_what_failed(client, monkeypatch, part):
    def fail():
        raise OperationalError("secret host name")

    monkeypatch.setitem(__import__("cms.health", fromlist=["CHECKS"]).CHECKS, part, fail)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["checks"][part] == "OperationalError"
    assert "secret" not in response.content.decode()


def test_healthz_rejects_post(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.parametrize(("model", "count"), [(Topic, 10), (StrategyMeasure, 9), (Audience, 9), (GlossaryTerm, 14)])
def test_the_vocabulary_has_its_terms_in_six_languages(model, count):
    assert model.objects.count() == count
    for term in model.objects.all():
        texts = [getattr(term, column) for column in COLUMNS]
        assert all(texts), term.slug
        # A Latin-script term may be the same word in two languages, never in all.
        assert len(set(texts)) > 3, term.slug


def test_loading_the_starter_again_changes_nothing():
    before = (Page.objects.count(), Topic.objects.count(), Page.objects.latest("latest_revision_created_at").pk)
    call_command("load_starter", verbosity=0)
    assert before == (
        Page.objects.count(),
        Topic.objects.count(),
        Page.objects.latest("latest_revision_created_at").pk,
    )
    assert Site.objects.get().root_page.slug == "home"


@pytest.fixture
def admin(client):
    user = User.objects.create_superuser("root@example.org", "x", name="Root")
    client.force_login(user)
    return client


ADMIN_LISTS = [
    "vocabulary/topic",
    "vocabulary/audience",
    "vocabulary/region",
    "vocabulary/strategymeasure",
    "vocabulary/licence",
    "vocabulary/glossaryterm",
    "directory/organisation",
    "directory/membership",
    "plans/subject",
    "catalogue/course",
    "catalogue/lecturer",
    "assessment/question",
    "assessment/questionbank",
    "assessment/competence",
    "assessment/accommodation",
    "enrolment/trainingplan",
]


@pytest.mark.parametrize("name", ADMIN_LISTS)
def test_records_are_listed_and_edited_in_the_admin(admin, name):
    assert admin.get(f"/admin/snippets/{name}/").status_code == 200
    assert admin.get(f"/admin/snippets/{name}/?q=a").status_code == 200
    assert admin.get(f"/admin/snippets/{name}/add/").status_code == 200


def test_a_term_has_a_tab_per_language(admin):
    topic = Topic.objects.get(slug="patents")
    page = admin.get(f"/admin/snippets/vocabulary/topic/edit/{topic.pk}/").content.decode()
    for name in ("English", "简体中文", "Français", "Español", "Русский", "العربية"):
        assert name in page
    assert "发明专利" in page


def topic_form(**values):
    form = {"slug": "traditional-knowledge", "sort_order": "10"}
    for code in ("en", "zh_hans", "fr", "es", "ru", "ar"):
        form |= {f"title_{code}": f"Title {code}", f"description_{code}": ""}
    return form | values


def test_a_term_is_added(admin):
    admin.post("/admin/snippets/vocabulary/topic/add/", topic_form())
    assert Topic.objects.get(slug="traditional-knowledge").title_ar == "Title ar"


def test_a_term_without_one_language_is_refused(admin):
    response = admin.post("/admin/snippets/vocabulary/topic/add/", topic_form(title_ar=""))
    assert response.status_code == 200
    assert not Topic.objects.filter(slug="traditional-knowledge").exists()


def organisation_form(**values):
    form = {"slug": "office", "kind": "agency", "website": "", "time_zone": "UTC", "region": "", "parent": ""}
    return form | {f"name_{code}": "Office" for code in ("en", "zh_hans", "fr", "es", "ru", "ar")} | values


def test_an_organisation_is_added_below_another_and_moved(admin):
    ministry = Organisation.objects.get(slug="demo-ministry")
    admin.post("/admin/snippets/directory/organisation/add/", organisation_form(parent=str(ministry.pk)))
    office = Organisation.objects.get(slug="office")
    assert office.get_parent() == ministry
    other = Organisation.objects.get(slug="harbour-instruments")
    url = f"/admin/snippets/directory/organisation/edit/{office.pk}/"
    admin.post(url, organisation_form(parent=str(other.pk)))
    assert Organisation.objects.get(pk=office.pk).get_parent() == other
    admin.post(url, organisation_form())
    assert Organisation.objects.get(pk=office.pk).is_root()


def test_an_organisation_is_not_put_below_itself(admin):
    ministry = Organisation.objects.get(slug="demo-ministry")
    child = Organisation.objects.get(slug="demo-trade-department")
    url = f"/admin/snippets/directory/organisation/edit/{ministry.pk}/"
    response = admin.post(url, organisation_form(slug="demo-ministry", parent=str(child.pk)))
    assert "cannot be part of itself" in response.content.decode()
    assert Organisation.objects.get(pk=child.pk).get_parent() == ministry


def docx():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    return buffer.getvalue()


def upload(client, name, content):
    return client.post(
        reverse("wagtaildocs:add"), {"title": "File", "file": SimpleUploadedFile(name, content), "collection": "1"}
    )


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"%PDF-1.7 ..."), ("a.docx", docx()), ("a.txt", "印记".encode())]
)
def test_documents_that_are_what_they_say_are_taken(admin, name, content):
    upload(admin, name, content)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"MZ\x90\x00 program", "does not contain what its ending"),
        ("a.docx", b"no archive", "does not contain what its ending"),
        ("a.docx", b"PK\x05\x06" + b"\x00" * 18, "does not contain what its ending"),
        ("a.txt", b"\x00\x01\x02", "does not contain what its ending"),
        ("a.exe", b"MZ", "extension"),
        ("a.html", b"<script>alert(1)</script>", "extension"),
        ("a.svg", b"<svg onload='alert(1)'/>", "extension"),
    ],
)
def test_documents_that_are_not_are_refused(admin, name, content, reason):
    response = upload(admin, name, content)
    assert reason in response.content.decode()
    assert not Document.objects.exists()


def test_an_oversized_document_is_refused(admin, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10
    response = upload(admin, "a.pdf", b"%PDF-1.7" + b"x" * 100)
    assert not Document.objects.exists()
    assert "too big" in response.content.decode()


def test_media_answers_ranges_and_runs_nothing(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "courses").mkdir()
    (tmp_path / "courses" / "film.mp4").write_bytes(b"0123456789")
    whole = client.get("/media/courses/film.mp4")
    assert (b"".join(whole.streaming_content), whole["Accept-Ranges"]) == (b"0123456789", "bytes")
    assert "sandbox" in whole["Content-Security-Policy"]
    part = client.get("/media/courses/film.mp4", headers={"range": "bytes=2-4"})
    assert (part.status_code, part.getvalue(), part["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert part["Content-Length"] == "3"
    assert client.get("/media/courses/film.mp4", headers={"range": "bytes=-3"}).getvalue() == b"789"
    assert client.get("/media/courses/film.mp4", headers={"range": "bytes=50-"}).status_code == 416


@pytest.mark.parametrize("path", ["../manage.py", "%2e%2e/manage.py", "documents/secret.pdf", "nothing.png"])
def test_media_serves_nothing_else(client, settings, tmp_path, path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "secret.pdf").write_bytes(b"x")
    assert client.get(f"/media/{path}").status_code == 404


def test_the_font_check_names_what_is_missing(monkeypatch):
    assert check_fonts(None) == []
    monkeypatch.setattr("cms.typeset.fonts.missing_families", lambda: ["Noto Sans CJK SC"])
    (warning,) = check_fonts(None)
    assert "Noto Sans CJK SC" in warning.msg
    assert "fonts-noto-cjk" in warning.hint


def test_literal_text_in_a_template_is_found():
    template = '<p>\n{% translate "Fine" %} <b>Oops</b></p><img alt="Oh dear"><p lang="en">Meant</p><bdi>PDF</bdi>'
    assert [text for _line, text in literal_text(template)] == ["Oops", "Oh dear"]
    assert literal_text(template)[0][0] == 2


def test_robots_and_404_and_403(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "There is no page" in client.get("/en/nothing-here/").content.decode()
    client.force_login(factories.UserFactory())
    assert client.get("/en/reports/").status_code == 403


def test_scripts_in_production_import_each_other_by_the_names_they_have(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "cms.static_files.StaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    (player,) = (tmp_path / "js").glob("player.????????????.js")
    (queue,) = (tmp_path / "js").glob("queue.????????????.js")
    assert f'from "./{queue.name}"' in player.read_text()
