"""Certificates as credentials: genuine to the letter, checked by others, taken back, renewed."""

import base64
import copy
import gzip
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cms.vocabulary.months import months_later
from courses.credentials import ledger
from courses.credentials.api import hours_earned, revoke
from courses.credentials.badges.credential import signed_credential
from courses.credentials.badges.issuer import did, did_document, method_of
from courses.credentials.badges.keys import current_key, rotate
from courses.credentials.badges.linked_data import FOLDER, NotLinkedData, canonical
from courses.credentials.badges.proofs import sign
from courses.credentials.badges.status import status_list
from courses.credentials.badges.verifying import NotGenuine, verify
from courses.credentials.models import Certificate, Revocation, SigningKey
from courses.enrolment.api import enrol, renew
from courses.records.api import Verb, record
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parent.parent.parent


def complete(enrolment):
    activity = enrolment.version.modules.get().activities.get()
    record(enrolment, Verb.COMPLETED, activity, key=f"done:{enrolment.round}")
    return Certificate.objects.in_full().get(enrolment=enrolment)


@pytest.fixture
def certificate(learner):
    return complete(enrol(learner, factories.make_course(title_en="Trade secrets", valid_months=24)))


@pytest.fixture
def credential(certificate):
    return signed_credential(certificate, "en")


def test_it_works(credential, certificate):
    verify(credential, did_document(), status_list(0))
    subject = credential["credentialSubject"]
    assert subject["identifier"][0]["identityHash"] == "李晓雯"
    assert subject["achievement"]["name"] == "Trade secrets"
    assert credential["issuer"]["id"] == did() == "did:web:127.0.0.1%3A8000"
    assert certificate.enrolment.learner.email not in json.dumps(credential)


def test_the_contexts_are_those_that_the_standards_publish():
    shared = ROOT.parent / "shared" / "data" / "jsonld-contexts"
    if not shared.exists():
        pytest.skip("../shared is not here")
    for file in shared.glob("*.json"):
        assert (FOLDER / file.name).read_bytes() == file.read_bytes()


def _paths(value, path=()):
    """Where every text in a document is."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _paths(item, (*path, number))
    elif isinstance(value, str | int | float):
        yield path


def _change(document, path):
    found = document
    for step in path[:-1]:
        found = found[step]
    value = found[path[-1]]
    found[path[-1]] = (
        (not value)
        if isinstance(value, bool)
        else value + 1
        if isinstance(value, int | float)
        else chr(ord(value[0]) ^ 1) + value[1:]
    )


def test_any_changed_letter_is_found(credential):
    keys = did_document()
    for path in list(_paths(credential)):
        forged = copy.deepcopy(credential)
        _change(forged, path)
        with pytest.raises(NotGenuine):
            verify(forged, keys)


@pytest.mark.parametrize(
    "forge",
    [
        lambda found: found.update(remark="excellent"),
        lambda found: found["issuer"].update(narrative="the best of all"),
        lambda found: found["credentialSubject"]["achievement"].update({"made-up": 1}),
        lambda found: found.pop("credentialStatus"),
        lambda found: found.pop("proof"),
        lambda found: found.update(proof=[found["proof"]]),
        lambda found: found.update(issuer="did:web:elsewhere.example"),
        lambda found: found["@context"].append("https://elsewhere.example/context.json"),
        lambda found: found["@context"].append({"name": "https://elsewhere.example/name"}),
        lambda found: found["proof"].update(proofValue="z"),
        lambda found: found["proof"].update(proofValue="z0OIl"),
        lambda found: found["proof"].update(cryptosuite="none"),
        lambda found: found["proof"].update(proofPurpose="authentication"),
        lambda found: found["proof"].update(verificationMethod="did:web:127.0.0.1%3A8000#other"),
        lambda found: found["credentialSubject"].update(note="x" * 300_000),
    ],
)
def test_what_was_added_or_taken_away_is_found(credential, forge):
    forge(credential)
    with pytest.raises(NotGenuine):
        verify(credential, did_document())


@pytest.mark.parametrize("thing", [None, [], "x", 7, {}, {"proof": 1}, {"proof": {}, "issuer": {}}])
def test_what_is_no_credential_is_refused_in_words(thing):
    with pytest.raises(NotGenuine, match="no signed credential"):
        verify(thing, did_document())


def test_a_term_that_no_standard_defines_is_never_signed():
    with pytest.raises(NotLinkedData, match="no standard defines"):
        canonical({"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "urn:x:1", "madeUp": "x"})


# --- keys -----------------------------------------------------------------------------------------------
def test_the_first_key_is_made_once():
    assert current_key() == current_key()
    with pytest.raises(DatabaseError), transaction.atomic():
        SigningKey.objects.create(public="zOther", sealed="x")


def test_after_a_rotation_the_old_key_still_vouches_for_what_it_signed(credential):
    call_command("rotate_signing_key")
    verify(credential, did_document())
    assert SigningKey.objects.count() == 2


def test_what_is_signed_with_a_retired_key_is_refused(credential):
    old = SigningKey.objects.get()
    rotate()
    old.refresh_from_db()
    unsigned = {name: value for name, value in credential.items() if name != "proof"}
    late = sign(unsigned, old.private(), method_of(old), old.retired_at + timedelta(minutes=1))
    with pytest.raises(NotGenuine, match="a key that was retired on"):
        verify(late, did_document())


def test_a_compromised_key_vouches_for_nothing(credential):
    call_command("rotate_signing_key", "--compromised")
    with pytest.raises(NotGenuine, match="has revoked"):
        verify(credential, did_document())


def test_a_key_sealed_with_another_secret_is_an_error_one_can_act_on(settings):
    key = current_key()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert key.private()
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        key.private()


def test_keys_and_profile_are_published(client):
    found = client.get("/.well-known/did.json")
    assert found["Content-Type"] == "application/did+json"
    assert found["Access-Control-Allow-Origin"] == "*"
    assert found.json()["verificationMethod"][0]["publicKeyMultibase"].startswith("z6Mk")
    assert "sealed" not in found.content.decode()
    assert client.get("/.well-known/issuer.json").json()["type"] == ["Profile"]


# --- revocation -----------------------------------------------------------------------------------------
def test_a_revoked_certificate_is_said_to_be_everywhere(client, certificate, credential, learner):
    boss = factories.UserFactory()
    assert hours_earned(learner) == 2
    first = revoke(certificate, "The assignment was somebody else's.", boss)
    assert revoke(certificate, "Another reason", boss).reason == first.reason
    assert hours_earned(learner) == 0
    page = client.get(reverse("credentials:verify", args=[certificate.code])).content.decode()
    assert "This certificate was revoked" in page
    assert "somebody else" not in page
    with pytest.raises(NotGenuine, match="revoked"):
        verify(credential, did_document(), status_list(0))


def test_a_revocation_says_why_and_is_never_changed(certificate):
    boss = factories.UserFactory()
    with pytest.raises(ValueError, match="says why"):
        revoke(certificate, " ", boss)
    revoke(certificate, "Mistake", boss)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revocation.objects.update(reason="x")


def test_the_status_list_has_one_bit_set_and_always_the_same_length(client, certificate):
    revoke(certificate, "Mistake", factories.UserFactory())
    found = json.loads(client.get(reverse("well_known:status", args=[0])).content)
    packed = found["credentialSubject"]["encodedList"]
    bits = gzip.decompress(base64.urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4)))
    assert len(bits) == 16_384
    index = certificate.status_index
    assert bits[index // 8] == 0x80 >> index % 8
    assert sum(bits) == bits[index // 8]
    assert client.get(reverse("well_known:status", args=[7])).status_code == 404


def test_a_list_of_another_issuer_or_for_another_credential_is_refused(credential):
    other = status_list(0)
    other["id"] += "x"
    with pytest.raises(NotGenuine):
        verify(credential, did_document(), other)


def test_a_full_list_is_followed_by_another(monkeypatch):
    monkeypatch.setattr("courses.credentials.issuing.LIST_LENGTH", 1)
    course = factories.make_course()
    certificates = [complete(enrol(factories.UserFactory(), course)) for _person in range(3)]
    assert [(one.status_list, one.status_index) for one in certificates] == [(0, 0), (1, 0), (2, 0)]


# --- expiry and renewal ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "standing"), [(400, "valid"), (91, "valid"), (90, "expiring"), (0, "expiring"), (-1, "expired")]
)
def test_the_public_page_says_whether_it_holds(certificate, left, standing):
    assert certificate.standing(certificate.expires_on - timedelta(days=left)) == standing


def test_an_expired_credential_is_refused(credential):
    until = datetime.fromisoformat(credential["validUntil"])
    verify(credential, did_document(), now=until - timedelta(seconds=1))
    with pytest.raises(NotGenuine, match="expired"):
        verify(credential, did_document(), now=until + timedelta(seconds=1))


def test_renewing_adds_and_never_overwrites(client, certificate, learner, monkeypatch):
    client.force_login(learner)
    address = reverse("player:renew", args=[certificate.enrolment_id])
    assert client.post(address).url == reverse("credentials:certificate", args=[certificate.pk])
    later = timezone.make_aware(datetime(certificate.expires_on.year, certificate.expires_on.month, 1), UTC)
    monkeypatch.setattr(timezone, "now", lambda: later)
    client.force_login(learner)
    assert client.post(address).url == client.post(address).url
    again = learner.enrolments.get(round=2)
    second = complete(again)
    certificate.refresh_from_db()
    assert second.pk != certificate.pk
    assert second.expires_on == months_later(certificate.expires_on, 24)
    assert hours_earned(learner) == 4
    assert learner.enrolments.count() == 2


def test_a_round_begins_with_nothing_done(learner):
    course = factories.make_course("quiz", valid_months=12)
    first = enrol(learner, course)
    again = renew(first)
    assert renew(first) == again
    assert again.statements.count() == 0


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 27), 24, date(2028, 11, 27)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_where_the_calendar_does(day, months, later):
    assert months_later(day, months) == later


# --- pages ----------------------------------------------------------------------------------------------
def test_the_holder_downloads_the_credential_and_nobody_else(client, certificate, learner):
    address = reverse("credentials:credential", args=[certificate.pk])
    client.force_login(learner)
    verify(client.get(address).json(), did_document())
    assert client.get(reverse("credentials:certificate", args=[certificate.pk])).status_code == 200
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 404
    assert client.get(reverse("credentials:certificate", args=[certificate.pk])).status_code == 404


def test_every_unknown_code_gets_the_same_answer(client):
    codes = ["ABCD-EFGH-JKMN", "x", "0" * 12, "../../etc", "<script>"]
    answers = set()
    for code in codes:
        page = client.get(reverse("credentials:verify_form"), {"code": code}).content.decode()
        # The links to other languages lead to the same address.
        answers.add(page.replace(urlencode({"code": code}), "code="))
    assert len(answers) == 1


def test_codes_cannot_be_tried_out(client, certificate):
    address = reverse("credentials:verify", args=["ABCDEFGHJKMN"])
    assert [client.get(address).status_code for _number in range(31)][-2:] == [404, 429]
    known = client.get(reverse("credentials:verify", args=[certificate.code]))
    assert known.status_code == 429
    assert known["Retry-After"] == "60"


def test_the_verifier_runs_alone(credential, tmp_path):
    for name, found in {"credential": credential, "issuer": did_document(), "status": status_list(0)}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(found))
    command = [sys.executable, "-m", "courses.credentials.badges.verifying", str(tmp_path / "credential.json")]
    options = ["--issuer", str(tmp_path / "issuer.json"), "--status", str(tmp_path / "status.json")]
    asked = {"cwd": ROOT, "capture_output": True, "text": True, "env": {"PYTHONPATH": str(ROOT)}}
    found = subprocess.run([*command, *options], **asked)
    assert (found.returncode, found.stdout.strip()) == (0, "Genuine.")
    (tmp_path / "credential.json").write_text(json.dumps(credential).replace("Trade secrets", "Trade secretz"))
    assert "NOT GENUINE" in subprocess.run([*command, *options], **asked).stderr
    (tmp_path / "credential.json").write_text("{")
    assert subprocess.run([*command, *options], **asked).returncode == 2


def test_the_ledger_says_what_the_course_was_about(learner):
    course = factories.make_course()
    entry = complete(enrol(learner, course)).credit_entries.get()
    assert entry.key.startswith("completion:")
    assert entry.titles["en"] == course.title
    assert ledger.enter_completion(entry.certificate) == entry
