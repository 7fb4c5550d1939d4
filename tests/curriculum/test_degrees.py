"""Degree programmes: found, compared, changed as drafts, and brought in from workbooks row by row."""

import io
import json
import re
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cms.interop.models import Record
from cms.vocabulary.models import Region, Topic
from curriculum.degrees.models import DegreeProgramme
from curriculum.degrees.starter import load
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = ["slug", "institution", "title_en", "level", "months", "languages", "fee", "currency", "deadline"]


@pytest.fixture(autouse=True)
def _only_ours() -> None:
    DegreeProgramme.objects.all().delete()
    Record.objects.filter(kind="degree").delete()


@pytest.fixture
def university() -> Any:
    region = Region.objects.get(slug="cn-bj")
    return factories.OrganisationFactory(
        slug="north-university", name_en="North University", name_zh_hans="北方大学", kind="university", region=region
    )


def degree(university: Any, slug: str, **values: Any) -> DegreeProgramme:
    defaults = {"title_en": slug.replace("-", " ").title(), "level": "2-master", "months": 24, "languages": "|en|zh|"}
    return DegreeProgramme.objects.create(slug=slug, institution=university, **defaults | values)


# --- the directory ------------------------------------------------------------------------------------
def test_the_directory_is_narrowed_down_and_counts(client, university) -> None:
    degree(university, "ip-law")
    degree(university, "ip-management", level="1-bachelor", languages="|zh|")
    degree(university, "draft-only", live=False)
    address = reverse("degrees:degrees")
    html = client.get(address, {"language": "en"}).content.decode()
    assert "Ip Law" in html
    assert "Ip Management" not in html
    assert "Draft Only" not in client.get(address).content.decode()
    facets = {one["name"]: one["values"] for one in client.get(address, {"level": "1-bachelor"}).context["facets"]}
    assert facets["language"] == [("Chinese", "zh", 1)]
    assert [(value, count) for _label, value, count in facets["level"]] == [("1-bachelor", 1), ("2-master", 1)]
    assert facets["region"] == [("Beijing", "cn-bj", 1)]
    assert client.get(address, {"level": "%00", "topic": "x", "page": "x"}).status_code == 200


def test_three_stand_side_by_side_and_a_fourth_is_left_out_with_a_word(client, university) -> None:
    for number in range(4):
        degree(university, f"course-{number}", fee=number * 1000, currency="CNY")
    degree(university, "hidden", live=False)
    address = reverse("degrees:compare")
    html = client.get(address, {"degree": ["course-2", "course-0", "hidden"]}).content.decode()
    assert html.index("Course 2") < html.index("Course 0")
    assert "Hidden" not in html
    assert "free of charge" in html
    four = client.get(address, {"degree": [f"course-{number}" for number in range(4)]}).content.decode()
    assert "At most 3" in four
    assert "Course 3" not in four
    assert client.get(address).status_code == 200


def test_a_programme_says_whether_its_accreditation_holds(client, university) -> None:
    found = degree(university, "ip-law", accredited_by="The Board", accredited_until=date(2020, 1, 1))
    html = client.get(found.get_absolute_url()).content.decode()
    assert "does not hold today" in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert data["educationalCredentialAwarded"] == "Master"
    assert data["timeToComplete"] == "P24M"


def test_it_stands_on_topic_pages_and_is_shared(client, university, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found = degree(university, "ip-law", title_fr="Droit de la PI")
        found.topics.set(Topic.objects.filter(slug="patents"))
    assert "Ip Law" in client.get("/en/topics/patents/").content.decode()
    assert set(Record.objects.filter(kind="degree").values_list("language", flat=True)) == {"en", "fr"}
    with django_capture_on_commit_callbacks(execute=True):
        found.unpublish()
    assert not Record.objects.filter(kind="degree", is_deleted=False).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"fee": 10}, "currency"),
        ({"accredited_from": date(2027, 1, 1), "accredited_until": date(2026, 1, 1)}, "accredited_until"),
        ({"deadline": date(2027, 9, 1), "starts_on": date(2027, 8, 1)}, "starts_on"),
        ({"slug": "compare"}, "slug"),
        ({"field_code": "law!"}, "field_code"),
    ],
)
def test_what_contradicts_itself_is_refused(university, values, field) -> None:
    plain = {"slug": "x", "title_en": "X", "level": "2-master", "months": 12, "institution": university}
    with pytest.raises(ValidationError) as caught:
        DegreeProgramme(**plain | values).full_clean()
    assert field in caught.value.message_dict


# --- review -------------------------------------------------------------------------------------------
def test_a_change_waits_until_somebody_publishes_it(client, admin_user, university) -> None:
    found = degree(university, "ip-law")
    found.title_en = "IP law and practice"
    revision = found.save_revision(user=admin_user)
    assert "practice" not in client.get(found.get_absolute_url()).content.decode()
    revision.publish()
    assert "practice" in client.get(found.get_absolute_url()).content.decode()


# --- workbooks ----------------------------------------------------------------------------------------
def workbook(*rows: list[Any], header: list[str] | None = None, merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [header or HEADER, *rows]:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client: Any, content: bytes) -> Any:
    file = SimpleUploadedFile("degrees.xlsx", content)
    return client.post(reverse("degrees_admin:import"), {"file": file})


GOOD = ["ip-law", "北方大学", "IP law", "Master’s degree", 24, "English, 中文", 12000, "CNY", date(2027, 6, 30)]


def test_each_good_row_becomes_a_draft_that_is_not_public(admin_client, client, university) -> None:
    response = upload(admin_client, workbook(GOOD))
    assert [(report.line, report.outcome) for report, _text in response.context["reports"]] == [(2, "new")]
    found = DegreeProgramme.objects.get()
    assert (found.live, found.languages, found.institution) == (False, "|en|zh|", university)
    assert client.get(found.get_absolute_url()).status_code == 404
    found.get_latest_revision().publish()
    assert client.get(found.get_absolute_url()).status_code == 200


def test_entry_rules_and_scholarships_come_in_every_language(admin_client, university) -> None:
    header = [*HEADER, "entry_rules_en", "Entry rules (简体中文)", "Scholarships (English)"]
    rules = ["A first degree in any field.", "任何专业的学士学位。", "Ten places free of charge."]
    upload(admin_client, workbook([*GOOD, *rules], header=header))
    draft = DegreeProgramme.objects.get().get_latest_revision_as_object()
    assert [draft.entry_rules_en, draft.entry_rules_zh_hans, draft.scholarships_en] == rules
    long = upload(admin_client, workbook([*GOOD, "x" * 1501, "", ""], header=header))
    assert "1500" in long.content.decode()


def test_the_starter_has_programmes_of_each_level_in_six_languages() -> None:
    load()
    load()
    found = list(DegreeProgramme.objects.public())
    assert [one.level for one in found] == ["1-bachelor", "2-master", "2-master", "3-doctorate"]
    for one in found:
        for name in ("title", "summary", "entry_rules"):
            for column in ("en", "zh_hans", "fr", "es", "ru", "ar"):
                assert getattr(one, f"{name}_{column}"), (one, name, column)


def test_the_same_workbook_again_changes_nothing_and_a_change_is_a_draft(admin_client, client, university) -> None:
    upload(admin_client, workbook(GOOD))
    DegreeProgramme.objects.get().get_latest_revision().publish()
    again = upload(admin_client, workbook(GOOD)).context["reports"]
    assert [report.outcome for report, _text in again] == ["unchanged"]
    changed = upload(admin_client, workbook([*GOOD[:4], 36, *GOOD[5:]])).context["reports"]
    assert [report.outcome for report, _text in changed] == ["changed"]
    found = DegreeProgramme.objects.get()
    assert (found.months, found.has_unpublished_changes) == (24, True)
    assert found.get_latest_revision_as_object().months == 36


def test_a_bad_row_is_named_with_every_reason_and_the_others_are_taken(admin_client, university) -> None:
    rows = [
        GOOD,
        ["Ip Law!", "Nowhere", "", "Diploma", "many", "Klingon", "a lot", "", "30.6.2027"],
        ["ip-law", *GOOD[1:]],
        ["no-currency", *GOOD[1:7], "", GOOD[8]],
        ["", "", "", "", "", "", "", "", ""],
        ["other", "north-university", "Other", "3-doctorate", 36, "", "", "", ""],
    ]
    reports = [report for report, _text in upload(admin_client, workbook(*rows)).context["reports"]]
    assert [(one.line, one.outcome) for one in reports] == [
        *((2, "new"), (3, "refused"), (4, "refused"), (5, "refused"), (7, "new")),
    ]
    assert len(reports[1].problems) >= 7
    assert "line 2" in reports[2].problems[0]
    assert "currency" in reports[3].problems[0]
    assert set(DegreeProgramme.objects.values_list("slug", flat=True)) == {"ip-law", "other"}


def test_merged_cells_are_refused_with_their_place_and_nothing_is_taken(admin_client, university) -> None:
    content = workbook(GOOD, ["other", *GOOD[1:]], merged="B2:B3")
    response = upload(admin_client, content)
    assert "B2:B3" in response.content.decode()
    assert not DegreeProgramme.objects.exists()


def test_a_formula_is_no_value(admin_client, university) -> None:
    reports = upload(admin_client, workbook([*GOOD[:6], "=1+1", *GOOD[7:]])).context["reports"]
    assert "formula" in reports[0][0].problems[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04broken", "cannot be opened"),
        (workbook(header=["slug", "title_en"]), "missing"),
        (workbook(), "nothing below"),
    ],
)
def test_files_that_are_no_table_of_degrees_are_refused_in_a_sentence(admin_client, content, words) -> None:
    assert words in upload(admin_client, content).content.decode()


def test_columns_are_known_by_their_names_in_any_language(admin_client, university) -> None:
    response = admin_client.get(reverse("degrees_admin:template"))
    header = next(openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values)
    values = dict(zip(HEADER, GOOD, strict=True))
    labels = {"Short name": "slug", "Institution": "institution", "Title (English)": "title_en", "Level": "level"}
    labels |= {"Duration in months": "months"}
    row = [values.get(labels.get(label, ""), "") for label in header]
    reports = upload(admin_client, workbook(row, header=list(header))).context["reports"]
    assert [report.outcome for report, _text in reports] == ["new"], reports


def test_only_those_who_keep_degrees_import_them(client, signed_in) -> None:
    assert signed_in.get(reverse("degrees_admin:import")).status_code in {302, 403}


def test_a_deadline_ends_at_midnight_where_the_institution_is(university, monkeypatch) -> None:
    university.time_zone = "Asia/Shanghai"
    university.save()
    found = degree(university, "ip-law", deadline=date(2027, 5, 31))
    for hour, is_closed in ((15, False), (16, True)):
        monkeypatch.setattr("django.utils.timezone.now", lambda hour=hour: datetime(2027, 5, 31, hour, tzinfo=UTC))
        assert DegreeProgramme.objects.get(pk=found.pk).is_closed == is_closed
