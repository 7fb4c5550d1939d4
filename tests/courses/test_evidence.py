"""Audit evidence: complete, signed, and any changed byte is named by a program that needs Python only."""

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.urls import reverse
from django.utils import timezone

from courses.credentials.badges.keys import current_key
from courses.enrolment.api import enrol
from courses.enrolment.models import PlanException, TrainingPlan
from courses.evidence import verify as verifier
from courses.evidence.api import VERIFIER, make
from courses.evidence.models import Evidence
from courses.records.api import Verb, record
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import earn, make_plan, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def ministry():
    return factories.OrganisationFactory(slug="ministry", name_en="Ministry")


@pytest.fixture
def boss(ministry):
    return factories.MembershipFactory(organisation=ministry, role="coordinator", user__name="Boss").user


@pytest.fixture
def office(ministry):
    return factories.OrganisationFactory(slug="office", name_en="Office", parent=ministry)


@pytest.fixture
def evidence(ministry, office, boss):
    year = timezone.localdate().year
    plan = make_plan(slug="yearly", year=year, hours=4)
    course = factories.make_course("reading", "reading")
    for name in ("李晓雯", "=Amina"):
        person = member(office, user__name=name)
        enrolment = enrol(person, course)
        for number, activity in enumerate(course.current.modules.get().activities.order_by("pk")):
            record(enrolment, Verb.COMPLETED, activity, key=f"done:{number}")
    earn(person, "1.5", date(year, 1, 5), titles={"en": "Seminar"}, organisation=office)
    PlanException.objects.create(
        plan=plan,
        learner=person,
        organisation=office,
        kind="leave",
        starts_on=date(year, 2, 1),
        ends_on=date(year, 2, 9),
        reason="x",
        author=boss,
    )
    refresh()
    stranger = member(factories.OrganisationFactory(), user__name="Stranger")
    enrol(stranger, course)
    made = Evidence.objects.create(
        organisation=ministry, plan=plan, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), author=boss, total=6
    )
    return make(made)


@pytest.fixture
def archive(evidence) -> bytes:
    with evidence.file.open("rb") as file:
        return file.read()


def rows(archive, name):
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return list(csv.DictReader(io.StringIO(found.read(name).decode())))


def test_it_works(archive, evidence):
    lines = verifier.verify(archive, current_key().public)
    assert "files         7, as they were signed" in lines
    assert "events        6 in 2 enrolments, chained without a gap" in lines
    assert any("by Boss" in line for line in lines)
    assert evidence.size == len(archive)


def test_it_has_what_an_auditor_asks_for(archive):
    transcript = rows(archive, "transcript.csv")
    assert sorted(row["hours"] for row in transcript) == ["1.5", "2.0", "2.0"]
    assert {row["person"] for row in transcript} == {"李晓雯", "'=Amina"}
    assert {row["status"] for row in rows(archive, "standing.csv")} <= {"done", "behind", "on-track"}
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        rules = json.loads(found.read("rules.json"))
        certificates = found.read("certificates.jsonl").decode().splitlines()
        assert found.testzip() is None
        assert b"Stranger" not in b"".join(found.read(name) for name in found.namelist())
    assert rules["plans"][0]["slug"] == "yearly"
    assert rules["exceptions"][0]["reason"] == "x"
    assert len(certificates) == 2


def test_any_changed_byte_is_found_and_named(archive):
    """Every byte of the structure and the signature, and some of each file."""
    draw = random.Random(3)
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        spans = [(entry.filename, entry.header_offset, entry.file_size) for entry in found.infolist()]
        directory = found.start_dir
    places = set(range(directory, len(archive)))
    inside: dict[int, str] = {}
    for name, offset, size in spans:
        start = offset + 30 + len(name)
        places |= set(range(offset, start))
        some = range(start, start + size) if name == "signature.json" else draw.sample(range(start, start + size), 25)
        inside |= dict.fromkeys(some, name)
    for place in sorted(places | set(inside)):
        forged = bytearray(archive)
        forged[place] ^= 1 << draw.randrange(8)
        with pytest.raises(verifier.Altered) as error:
            verifier.verify(bytes(forged), current_key().public)
        if place in inside:
            assert inside[place] in str(error.value), place


def forged(archive, name, change, *, is_signed_anew=False, key=None) -> bytes:
    """The archive with one file changed, its structure right again, and signed anew with another key if asked."""
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        files = {entry.filename: found.read(entry) for entry in found.infolist()}
    files[name] = change(files[name])
    if is_signed_anew:
        import hashlib

        from courses.credentials.badges.proofs import multikey

        manifest = json.loads(files["manifest.json"])
        for entry in manifest["files"]:
            entry["sha256"] = hashlib.sha256(files[entry["name"]]).hexdigest()
        files["manifest.json"] = verifier.as_text(manifest)
        signature = {
            "algorithm": "Ed25519",
            "publicKeyMultibase": multikey(key.public_key()),
            "verificationMethod": "x",
            "manifest_sha256": hashlib.sha256(files["manifest.json"]).hexdigest(),
            "signature": key.sign(files["manifest.json"]).hex(),
        }
        files["signature.json"] = verifier.as_text(signature)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as rebuilt:
        for filename, content in files.items():
            entry = zipfile.ZipInfo(filename, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            rebuilt.writestr(entry, content)
    return target.getvalue()


def test_a_file_changed_with_a_right_checksum_is_named(archive):
    with pytest.raises(verifier.Altered, match=r"transcript\.csv"):
        verifier.verify(forged(archive, "transcript.csv", lambda text: text.replace(b"1.5", b"9.5")))


def test_another_signer_is_named_when_the_key_is_given(archive):
    other = forged(
        archive,
        "transcript.csv",
        lambda text: text.replace(b"1.5", b"9.5"),
        is_signed_anew=True,
        key=Ed25519PrivateKey.generate(),
    )
    with pytest.raises(verifier.Altered, match="the signer"):
        verifier.verify(other, current_key().public)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: lines[1:], "does not follow"),
        (lambda lines: lines[:1] + lines[2:], "does not follow"),
        (lambda lines: [lines[0].replace(b'"verb": "', b'"verb": "x'), *lines[1:]], "line 1"),
    ],
)
def test_even_whoever_signs_cannot_break_the_chain_unseen(archive, change, words):
    def apply(text):
        return b"".join(change(text.splitlines(keepends=True)))

    broken = forged(archive, "events.jsonl", apply, is_signed_anew=True, key=Ed25519PrivateKey.generate())
    with pytest.raises(verifier.Altered, match=words):
        verifier.verify(broken)


def test_signatures_are_checked_as_the_library_checks_them():
    for number in range(12):
        key = Ed25519PrivateKey.generate()
        message = bytes(range(number * 20))
        public, signature = key.public_key().public_bytes_raw(), key.sign(message)
        assert verifier.is_signed(public, message, signature)
        assert not verifier.is_signed(public, message + b"x", signature)
        assert not verifier.is_signed(public, message, signature[:-1] + bytes([signature[-1] ^ 1]))
    assert not verifier.is_signed(b"\xff" * 32, b"", signature)
    assert not verifier.is_signed(public, b"", b"")


def test_the_verifier_runs_without_anything_but_python(archive, tmp_path):
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())
    (tmp_path / "evidence.zip").write_bytes(archive)
    command = [sys.executable, "-I", "-S", "verify.py", "evidence.zip", "--key", current_key().public]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert found.stdout.splitlines()[-1] == "GENUINE."
    (tmp_path / "evidence.zip").write_bytes(archive[:-30] + b"x" + archive[-29:])
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert found.returncode == 1
    assert "ALTERED: " in found.stderr
    (tmp_path / "evidence.zip").write_bytes(b"")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).returncode == 1


# --- pages ----------------------------------------------------------------------------------------------
def test_a_coordinator_asks_and_takes_it_along(client, ministry, office, boss):
    member(office)
    client.force_login(boss)
    assert client.get(reverse("evidence:asked")).status_code == 200
    values = {"organisation": office.pk, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert client.post(reverse("evidence:asked"), values | {"ends_on": "2025-01-01"}).status_code == 400
    page = client.post(reverse("evidence:asked"), values, follow=True)
    assert "Download the archive" in page.content.decode()
    answer = client.get(reverse("evidence:download", args=[Evidence.objects.get().pk]))
    verifier.verify(b"".join(answer.streaming_content))
    assert client.get(reverse("evidence:verifier")).content == VERIFIER.read_bytes()


def test_another_branch_gets_nothing(client, evidence, ministry):
    client.force_login(factories.MembershipFactory(role="coordinator").user)
    for name in ("evidence", "download"):
        assert client.get(reverse(f"evidence:{name}", args=[evidence.pk])).status_code == 404
    assert client.post(reverse("evidence:again", args=[evidence.pk])).status_code == 404
    assert "Ministry" not in client.get(reverse("evidence:asked")).content.decode()
    values = {"organisation": ministry.pk, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert client.post(reverse("evidence:asked"), values).status_code == 400
    client.force_login(factories.UserFactory())
    assert client.get(reverse("evidence:asked")).status_code == 403


def test_what_happened_outside_of_the_period_is_not_in_it(evidence, ministry, boss):
    before = evidence.starts_on - timedelta(days=400)
    other = Evidence.objects.create(organisation=ministry, starts_on=before, ends_on=before, author=boss, total=6)
    with make(other).file.open("rb") as file:
        content = file.read()
    assert rows(content, "transcript.csv") == []
    assert rows(content, "enrolments.csv") == []
    assert "events        0 in 0 enrolments, chained without a gap" in verifier.verify(content)
