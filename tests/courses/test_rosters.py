"""Rosters: read in any form they come in, checked cell by cell, applied once, undone."""

import gzip
import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Membership, StaffNumber
from cms.tables.reading import Unreadable, decode, read
from courses.enrolment.api import enrol
from courses.rosters import api
from courses.rosters.applying import AT_ONCE, in_chunks
from courses.rosters.models import Roster
from courses.rosters.tasks import apply_roster, check_roster, undo_roster
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = "staff number,name,email,unit,post,grade,audience,first day,language"


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(slug="the-ministry", name_en="The Ministry", name_zh_hans="某部")


@pytest.fixture
def office(ministry):
    return factories.OrganisationFactory(parent=ministry, slug="the-office", name_en="Office", name_zh_hans="办公室")


@pytest.fixture
def boss(ministry, office):
    return factories.MembershipFactory(organisation=ministry, role="coordinator").user


def roster(organisation, author, text, *, is_whole=False, name="r.csv", does_apply=True) -> Roster:
    content = text if isinstance(text, bytes) else text.encode()
    found = api.upload(organisation, author, name, content, is_whole=is_whole)
    check_roster.call(str(found.pk))
    if does_apply:
        apply_roster.call(str(found.pk))
    found.refresh_from_db()
    return found


def rows(*lines, header=HEADER):
    return "\n".join([header, *lines])


def xlsx(*lines, header=HEADER) -> bytes:
    file = io.BytesIO()
    workbook = openpyxl.Workbook()
    for line in (header, *lines):
        workbook.active.append(line.split(","))
    workbook.save(file)
    return file.getvalue()


ONE = "7,Ana Li,ana@example.org,the-office,Clerk,4,civil-servants,2026-01-15,fr"


def test_it_works(ministry, office, boss):
    found = roster(ministry, boss, rows(ONE))
    assert (found.stage, found.counts) == ("applied", {"new": 1})
    ana = User.objects.get(email="ana@example.org")
    place = ana.memberships.get()
    assert (ana.name, ana.preferred_language, ana.has_usable_password()) == ("Ana Li", "fr", False)
    assert (place.organisation, place.post, place.grade) == (office, "Clerk", "4")
    assert (place.audience.slug, place.starts_on) == ("civil-servants", date(2026, 1, 15))
    assert StaffNumber.objects.get(user=ana).number == "7"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_chinese_files_are_read_in_every_encoding(ministry, office, boss, encoding, separator):
    text = "工号,姓名,电子邮箱,部门,人员类别\n7,李晓雯,li@example.org,办公室,公务员\n".replace(",", separator)
    found = roster(ministry, boss, text.encode(encoding))
    assert found.counts == {"new": 1}
    person = User.objects.get(email="li@example.org")
    assert person.name == "李晓雯"
    assert person.memberships.get().organisation == office


def test_xlsx_is_read_with_its_dates_and_numbers(ministry, office, boss):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Staff number", "Name", "Email", "Unit", "Start date"])
    sheet.write_row(1, 0, [100234, "Ana Li", "ana@example.org", "Office"])
    sheet.write_datetime(1, 4, date(2026, 2, 3), book.add_format({"num_format": "dd.mm.yyyy"}))
    book.close()
    assert roster(ministry, boss, file.getvalue()).counts == {"new": 1}
    place = Membership.objects.get(user__email="ana@example.org")
    assert place.starts_on == date(2026, 2, 3)
    assert place.user.staff_numbers.get().number == "100234"


def test_the_preview_changes_nobody(ministry, office, boss):
    before = User.objects.count()
    found = roster(ministry, boss, rows(ONE), does_apply=False)
    assert found.stage == "checked"
    assert User.objects.count() == before
    assert api.preview(found, "new", 0, 10)[0]["values"]["name"] == "Ana Li"


def test_new_changed_unchanged_and_leaving_are_told_apart(ministry, office, boss):
    lines = [f"{n},Person {n},p{n}@example.org,the-office,Clerk,4,civil-servants,2025-01-15,en" for n in range(4)]
    roster(ministry, boss, rows(*lines))
    lines[1] = lines[1].replace("Clerk", "Chief")
    lines[2] = lines[2].replace("the-office", "the-ministry")
    second = roster(ministry, boss, rows(*lines[:3], ONE), is_whole=True)
    assert second.counts == {"unchanged": 1, "changed": 2, "new": 1, "leaving": 1}
    yesterday = timezone.localdate() - timedelta(days=1)
    moved = list(Membership.objects.filter(user__email="p2@example.org").order_by("starts_on"))
    assert [one.organisation for one in moved] == [office, ministry]
    assert (moved[0].ends_on, moved[1].grade) == (yesterday, "4")
    assert Membership.objects.get(user__email="p3@example.org").ends_on == yesterday
    assert Membership.objects.get(user__email="p1@example.org").post == "Chief"


def test_applying_again_changes_nothing(ministry, office, boss):
    first = roster(ministry, boss, rows(ONE))
    apply_roster.call(str(first.pk))
    second = roster(ministry, boss, rows(ONE), is_whole=True)
    assert second.counts == {"unchanged": 1}
    assert Membership.objects.filter(user__email="ana@example.org").count() == 1


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("8,,x@example.org,,,,,,", "Name", "missing"),
        ("8,X,,,,,,,", "Email", "missing"),
        ("8,X,nobody,,,,,,", "Email", "no email address"),
        ("8,X,x@example.org,elsewhere,,,,,", "Unit", "no unit here"),
        ("8,X,x@example.org,,,,wizards,,", "Audience", "no audience"),
        ("8,X,x@example.org,,,,,31-31-2026,", "First day", "no day"),
        ("8,X,x@example.org,,,,,1026-01-01,", "First day", "no day"),
        ("8,X,x@example.org,,,,,,tlh", "Language", "no language"),
        ("8,=1+1,x@example.org,,,,,,", "Name", "formula"),
        ("8,X,x@example.org,,@SUM(A1),,,,", "Post", "formula"),
        ("8," + "X" * 201 + ",x@example.org,,,,,,", "Name", "longer than 200"),
        ("7,X,x@example.org,,,,,,", "Staff number", "stands in line 2"),
        ("8,X,ANA@example.org,,,,,,", "Email", "stands in line 2"),
    ],
)
def test_a_mistake_is_named_by_row_and_column_and_the_good_rows_go_on(
    client, ministry, office, boss, line, column, words
):
    good = "9,Good,good@example.org,the-office,,,,,"
    found = roster(ministry, boss, rows(ONE, line, good), does_apply=False)
    client.force_login(boss)
    page = client.get(reverse("rosters:roster", args=[found.pk])).content.decode()
    assert f"<strong>{column}</strong>" in page
    assert words in page
    client.post(reverse("rosters:apply", args=[found.pk]))
    assert not User.objects.filter(email="good@example.org").exists()
    client.post(reverse("rosters:apply", args=[found.pk]), {"good_rows": "1"})
    assert User.objects.filter(email="good@example.org").exists()
    assert not User.objects.filter(email="x@example.org").exists()


def test_with_mistakes_nobody_leaves(ministry, office, boss):
    roster(ministry, boss, rows(ONE))
    found = roster(ministry, boss, rows("7,Ana,broken,the-office,,,,,", "8,New,new@example.org,,,,,,"), is_whole=True)
    assert found.counts["error"] == 1
    assert Membership.objects.get(user__email="ana@example.org").ends_on is None


def test_two_units_of_one_name_must_be_named_by_their_short_name(ministry, office, boss):
    factories.OrganisationFactory(parent=ministry, slug="another-office", name_en="Office")
    found = roster(ministry, boss, rows("7,Ana,ana@example.org,Office,,,,,"), does_apply=False)
    assert api.preview(found, "error", 0, 1)[0]["problems"][0]["code"] == "unit-ambiguous"


# --- accounts of others ---------------------------------------------------------------------------------
def test_a_roster_takes_over_nobody(ministry, office, boss):
    """The address of somebody who signs in themselves is not changed, nor the name of somebody from elsewhere."""
    roster(ministry, boss, rows(ONE))
    User.objects.filter(email="ana@example.org").update(last_login=timezone.now())
    found = roster(ministry, boss, rows(ONE.replace("ana@", "mine@")), does_apply=False)
    assert api.preview(found, "error", 0, 1)[0]["problems"][0]["code"] == "email-is-theirs"
    stranger = factories.MembershipFactory(user__name="True Name").user
    roster(ministry, boss, rows(f"8,False Name,{stranger.email},,,,,,"))
    roster(ministry, boss, rows(f"8,False Name,{stranger.email},,,,,,"))
    stranger.refresh_from_db()
    assert stranger.name == "True Name"
    assert stranger.memberships.count() == 2


def test_an_address_of_somebody_else_is_refused(ministry, office, boss):
    roster(ministry, boss, rows(ONE, "8,Bo,bo@example.org,,,,,,"))
    found = roster(ministry, boss, rows(ONE.replace("ana@", "bo@")), does_apply=False)
    assert api.preview(found, "error", 0, 1)[0]["problems"][0]["code"] == "email-of-another"
    found = roster(ministry, boss, rows(ONE.replace("7,", "99,", 1)), does_apply=False)
    assert api.preview(found, "error", 0, 1)[0]["problems"][0]["code"] == "number-differs"


def test_before_the_first_sign_in_a_misspelt_address_is_mended(ministry, office, boss):
    roster(ministry, boss, rows(ONE))
    assert roster(ministry, boss, rows(ONE.replace("ana@", "anna@"))).counts == {"changed": 1}
    assert User.objects.get(staff_numbers__number="7").email == "anna@example.org"


# --- undoing --------------------------------------------------------------------------------------------
def state(ministry):
    places = Membership.objects.filter(organisation__path__startswith=ministry.path, role="learner")
    return sorted(
        places.values_list("user__email", "user__name", "organisation__slug", "post", "starts_on", "ends_on"), key=str
    )


def test_undoing_puts_everything_back(ministry, office, boss):
    lines = [f"{n},Person {n},p{n}@example.org,the-office,Clerk,4,civil-servants,2025-01-15,en" for n in range(4)]
    roster(ministry, boss, rows(*lines))
    before, people = state(ministry), User.objects.count()
    lines[1] = lines[1].replace("Clerk", "Chief").replace("Person 1", "Person One")
    lines[2] = lines[2].replace("the-office", "the-ministry")
    second = roster(ministry, boss, rows(*lines[:3], ONE), is_whole=True)
    assert state(ministry) != before
    undo_roster.call(str(second.pk))
    undo_roster.call(str(second.pk))
    assert state(ministry) == before
    assert User.objects.count() == people
    second.refresh_from_db()
    assert (second.stage, second.kept) == ("undone", {})


def test_undoing_leaves_what_others_did_since(client, ministry, office, boss):
    first = roster(ministry, boss, rows(ONE, "8,Bo,bo@example.org,the-office,,,,,"))
    enrol(User.objects.get(email="ana@example.org"), factories.make_course())
    undo_roster.call(str(first.pk))
    first.refresh_from_db()
    assert first.kept == {"used": 1}
    assert User.objects.filter(email="ana@example.org").exists()
    assert not User.objects.filter(email="bo@example.org").exists()
    client.force_login(boss)
    page = client.get(reverse("rosters:roster", args=[first.pk])).content.decode()
    assert "1 account stays" in page


def test_undoing_does_not_overwrite_a_later_change(ministry, office, boss):
    roster(ministry, boss, rows(ONE))
    second = roster(ministry, boss, rows(ONE.replace("Clerk", "Chief")))
    Membership.objects.filter(user__email="ana@example.org").update(post="Minister")
    undo_roster.call(str(second.pk))
    assert Membership.objects.get(user__email="ana@example.org").post == "Minister"
    second.refresh_from_db()
    assert second.kept == {"changed": 1}


def test_a_run_that_was_cut_off_goes_on_where_it_was(ministry, office, boss, monkeypatch):
    monkeypatch.setattr("courses.rosters.applying.AT_ONCE", 2)
    lines = [f"{n},Person {n},p{n}@example.org,,,,,," for n in range(5)]
    found = roster(ministry, boss, rows(*lines), does_apply=False)
    original, done = api.apply, []

    def fails_at_second(*args):
        if done:
            raise RuntimeError("power cut")
        done.append(original(*args))

    monkeypatch.setattr(api, "apply", fails_at_second)
    with pytest.raises(RuntimeError):
        apply_roster.call(str(found.pk))
    monkeypatch.setattr(api, "apply", original)
    found.refresh_from_db()
    assert (found.state, found.stage) == ("failed", "checked")
    apply_roster.call(str(found.pk))
    found.refresh_from_db()
    assert (found.stage, found.counts) == ("applied", {"new": 5})
    assert Membership.objects.filter(organisation=ministry, role="learner").count() == 5
    undo_roster.call(str(found.pk))
    assert Membership.objects.filter(organisation=ministry, role="learner").count() == 0


def test_rows_are_applied_some_thousands_at_once():
    assert [len(chunk) for chunk in in_chunks(iter(range(AT_ONCE + 1)))] == [AT_ONCE, 1]


# --- hostile files --------------------------------------------------------------------------------------
def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (450 * 1024 * 1024))
    return file.getvalue()


def far_cell(reference: str) -> bytes:
    """A workbook whose only second cell lies far out: a reader that fills the space between runs out of memory."""
    plain, file = zipfile.ZipFile(io.BytesIO(xlsx("x"))), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            content = plain.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'r="A2"', f'r="{reference}"'.encode())
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (rows().encode(), "no-rows"),
        (b"name,email\n\x00\x01,\n", "no-text"),
        (b"\xff\xfe\x00", "no-text"),
        (b"PK\x03\x04 this is no workbook", "no-workbook"),
        (b"foo,bar\n1,2\n", "column-missing"),
        (b"name,full name,email\n1,2,3\n", "column-twice"),
        (b"name,email" + b"," * 1_000_000 + b"\nA,a@example.org\n", "too-many-columns"),
        (b'name,email\n"' + b"x" * 200_000 + b"\n", "broken-line"),
        (far_cell("XFD2"), "too-many-columns"),
        (far_cell("A1048576"), "too-many-rows"),
    ],
)
def test_what_is_no_roster_is_refused_in_words(client, ministry, office, boss, content, code):
    found = roster(ministry, boss, content, does_apply=False)
    assert found.state == "failed"
    assert found.stage == ""
    client.force_login(boss)
    page = client.get(reverse("rosters:roster", args=[found.pk]))
    assert found.error
    assert page.status_code == 200
    with pytest.raises(Unreadable) as error:
        list(api.check(read(content), ministry, date(2026, 1, 1)))
    assert error.value.code == code


def test_a_bomb_is_not_unpacked():
    content = bomb()
    assert len(content) < 1024 * 1024
    with pytest.raises(Unreadable) as error:
        read(content)
    assert error.value.code == "bomb"


def test_a_workbook_s_formulas_are_named_not_worked_out(ministry, office, boss):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "Email"])
    sheet.write_row(1, 0, ["Ana", "ana@example.org"])
    sheet.write_formula(2, 0, '=HYPERLINK("x")', None, "Bo")
    sheet.write(2, 1, "bo@example.org")
    book.close()
    found = roster(ministry, boss, file.getvalue())
    assert found.counts == {"new": 1, "error": 1}
    assert not User.objects.filter(email="bo@example.org").exists()


def test_unknown_bytes_are_no_text():
    with pytest.raises(Unreadable):
        decode(b"\xff\xff\xff\x80")


# --- who may --------------------------------------------------------------------------------------------
def test_only_those_who_manage_the_organisation_may(client, ministry, office, boss):
    found = roster(ministry, boss, rows(ONE), does_apply=False)
    elsewhere = factories.MembershipFactory(role="coordinator").user
    reporter = factories.MembershipFactory(organisation=ministry, role="reporter").user
    below = factories.MembershipFactory(organisation=office, role="coordinator").user
    learner = factories.MembershipFactory(organisation=ministry).user
    for person in (elsewhere, reporter, below, learner):
        client.force_login(person)
        assert client.get(reverse("rosters:roster", args=[found.pk])).status_code == 404
        assert client.get(reverse("rosters:mistakes", args=[found.pk])).status_code == 404
        for name in ("apply", "undo", "again"):
            assert client.post(reverse(f"rosters:{name}", args=[found.pk])).status_code == 404
    for person in (reporter, learner):
        client.force_login(person)
        assert client.get(reverse("rosters:rosters")).status_code == 403
    client.force_login(elsewhere)
    file = SimpleUploadedFile("r.csv", rows(ONE).encode())
    answer = client.post(reverse("rosters:rosters"), {"organisation": ministry.pk, "file": file})
    assert answer.status_code == 400
    assert Roster.objects.count() == 1


def test_a_coordinator_uploads_looks_applies_and_undoes(client, ministry, office, boss):
    client.force_login(boss)
    file = SimpleUploadedFile("r.csv", rows(ONE).encode())
    page = client.post(reverse("rosters:rosters"), {"organisation": ministry.pk, "file": file}, follow=True)
    assert "Ana Li" in page.content.decode()
    found = Roster.objects.get()
    page = client.post(reverse("rosters:apply", args=[found.pk]), follow=True)
    assert "Undo this roster" in page.content.decode()
    assert "r.csv" in client.get(reverse("rosters:rosters")).content.decode()
    page = client.post(reverse("rosters:undo", args=[found.pk]), follow=True)
    assert "as it was before" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_template_is_a_roster_itself(client, ministry, office, boss, language, suffix):
    client.force_login(boss)
    answer = client.get(reverse("rosters:template", args=[language, suffix]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert roster(ministry, boss, content).counts == {"new": 1}


def test_the_preview_is_kept_packed(ministry, office, boss):
    found = roster(ministry, boss, rows(ONE), does_apply=False)
    with api.rosters().open(f"{found.pk}/new.jsonl.gz") as file:
        assert b"Ana Li" in gzip.decompress(file.read())


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Shanghai", 17), ("America/New_York", 2), ("Pacific/Kiritimati", 11)])
def test_who_comes_without_a_first_day_is_there_at_once(ministry, office, boss, monkeypatch, zone, hour):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 27, hour, tzinfo=UTC))
    ministry.time_zone = zone
    ministry.save()
    found = roster(ministry, boss, "name,email,unit\nAna Li,ana@example.org,the-office\n")
    assert found.counts == {"new": 1}
    place = Membership.objects.get(user__email="ana@example.org")
    assert place.is_in_force()
    assert place.starts_on <= timezone.localdate(timezone=ZoneInfo(zone))
