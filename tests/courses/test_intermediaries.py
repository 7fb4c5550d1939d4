"""Intermediaries: how one qualifies, who is on the register, what it tells whom, and how mistakes are put right."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cms.directory.roles import Role
from cms.jobs.signals import hour_passed
from cms.professionals.models import Claim, Profile
from cms.professionals.proofs import proof_of
from cms.professionals.publishing import publish as publish_profile
from cms.vocabulary.models import StrategyMeasure, Topic
from courses.intermediaries import keeping
from courses.intermediaries.checking import find
from courses.intermediaries.coverage import INTERMEDIARIES
from courses.intermediaries.education import owed_for_renewal, recent_years
from courses.intermediaries.keeping import Refused
from courses.intermediaries.matching import name_key, number_key
from courses.intermediaries.models import (
    Application,
    IntegrityRecord,
    Objection,
    Paper,
    PaperResult,
    Practice,
    QualificationTrack,
    RegisterEntry,
    Renewal,
    StatusChange,
)
from courses.intermediaries.progress import progress_of
from courses.records.api import Verb, record
from courses.training.models import Notice
from tests import factories
from tests.courses.training import earn, member
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _clock(monkeypatch) -> None:
    cache.clear()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    QualificationTrack.objects.all().delete()


@pytest.fixture
def track() -> QualificationTrack:
    found = QualificationTrack(
        slug="agent", title_en="Patent agent", practice_hours=100, continuing_hours=20, valid_months=36
    )
    found.topics = Topic.objects.filter(slug="patents")
    found.measures = StrategyMeasure.objects.filter(slug="services")
    found.papers = [Paper(title_en="Law", pass_points=60), Paper(title_en="Practice", pass_points=60)]
    found.save()
    return found


@pytest.fixture
def office():
    return factories.OrganisationFactory(slug="office", name_en="Office")


@pytest.fixture
def person(office):
    return member(office, user__name="李晓雯", user__email="li@example.org")


def make_keeper(**values: Any) -> Any:
    user = factories.UserFactory(**values)
    user.user_permissions.add(Permission.objects.get(codename="change_registerentry"))
    return user


@pytest.fixture
def keeper():
    return make_keeper(email="keeper@example.org")


def add_entry(track: QualificationTrack, number: str = "44-021", **values: Any) -> RegisterEntry:
    defaults = {"name": "李晓雯", "other_names": "Li Xiaowen\nЛи Сяовэнь", "admitted_on": date(2024, 3, 1)}
    return keeping.enter(
        RegisterEntry(track=track, number=number, **defaults | values), by=factories.UserFactory(name="Office")
    )


# --- on the way there ---------------------------------------------------------------------------------
def sit(person, paper, points: int, day: date = date(2026, 5, 1), **values: Any) -> PaperResult:
    return PaperResult.objects.create(person=person, paper=paper, points=points, sat_on=day, author=person, **values)


def test_a_candidate_is_told_what_is_missing_until_nothing_is(client, person, office, track) -> None:
    course = factories.make_course(slug="agents", title_en="For agents")
    track.courses = [course]
    track.save()
    law, practice = track.papers.all()
    client.force_login(person)
    html = client.get(track.get_absolute_url()).content.decode()
    assert html.count(">missing<") == 4
    assert client.post(reverse("intermediaries:apply", args=[track.slug]), follow=True).status_code == 200
    assert not Application.objects.exists()

    from courses.enrolment.api import enrol

    enrolment = enrol(person, course)
    record(enrolment, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    sit(person, law, 80)
    sit(person, practice, 55)
    sit(person, practice, 60, date(2026, 10, 1))
    done = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 2, 5), "work": "Drafting"}
    one = Practice.objects.create(person=person, track=track, organisation=office, hours=100, **done)
    assert not progress_of(person, track).is_complete
    keeping.confirm(one, factories.UserFactory(), is_right=True)
    assert progress_of(person, track).is_complete
    client.post(reverse("intermediaries:apply", args=[track.slug]))
    client.post(reverse("intermediaries:apply", args=[track.slug]))
    assert Application.objects.filter(person=person).count() == 1


def test_a_wrong_result_is_put_right_by_a_later_line(person, track) -> None:
    law = track.papers.first()
    sit(person, law, 80)
    sit(person, law, 30, reason="Read wrongly")
    assert dict(progress_of(person, track).papers)[law].points == 30
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE intermediaries_paperresult SET points = 99")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ends_on": "2026-12-24"}, "has not come yet"),
        ({"ends_on": "2026-01-04"}, "before the first"),
        ({"hours": "500"}, "more than twelve hours a day"),
        ({"starts_on": "2025-12-31"}, "entered already"),
    ],
)
def test_practice_that_cannot_be_is_refused_and_what_was_written_stays(client, person, office, track, change, problem):
    known = {"starts_on": date(2025, 12, 1), "ends_on": date(2025, 12, 31), "hours": 10, "work": "-"}
    Practice.objects.create(person=person, track=track, organisation=office, **known)
    client.force_login(person)
    form = {"organisation": office.pk, "starts_on": "2026-01-05", "ends_on": "2026-01-30", "hours": "80"}
    form |= {"work": "Searching prior art"}
    address = reverse("intermediaries:practice", args=[track.slug])
    refused = client.post(address, form | change)
    assert refused.status_code == 400
    assert problem in refused.content.decode()
    assert "Searching prior art" in refused.content.decode()
    assert client.post(address, form).status_code == 302


def test_practice_is_confirmed_by_the_organisations_own_coordinator_once(
    client, person, office, track, django_capture_on_commit_callbacks
) -> None:
    values = {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 2, 5), "hours": 100, "work": "Drafting claims"}
    one = Practice.objects.create(person=person, track=track, organisation=office, **values)
    address = reverse("intermediaries:confirmations")
    answer = {"practice": str(one.pk), f"{one.pk}-decision": "yes"}
    stranger = factories.MembershipFactory(organisation=factories.OrganisationFactory(), role=Role.COORDINATOR).user
    client.force_login(stranger)
    assert "Drafting claims" not in client.get(address).content.decode()
    assert client.post(address, answer).status_code == 404
    coordinator = factories.MembershipFactory(organisation=office, role=Role.COORDINATOR).user
    client.force_login(coordinator)
    assert "Drafting claims" in client.get(address).content.decode()
    client.post(address, answer | {f"{one.pk}-decision": "no"})  # without a reason
    assert Practice.objects.get().state == Practice.State.ASKED
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, answer)
    assert Practice.objects.get().state == Practice.State.CONFIRMED
    assert "100 hours" in mail.outbox[-1].body
    assert client.post(address, answer).status_code == 404


# --- admission ----------------------------------------------------------------------------------------
@pytest.fixture
def application(person, track) -> Application:
    track.papers = []
    track.practice_hours = 0
    track.save()
    return keeping.apply(person, track)


def test_a_keeper_admits_a_candidate_with_a_number(client, keeper, application, person, track) -> None:
    address = reverse("intermediaries:application", args=[application.pk])
    client.force_login(person)
    assert client.get(address).status_code == 403
    client.force_login(keeper)
    form = {"admit": "1", "number": "44-100", "name": "李晓雯", "admitted_on": "2026-11-27"}
    add_entry(track, "44100", name="Taken")
    taken = client.post(address, form)
    assert taken.status_code == 400
    assert "has this number" in taken.content.decode()
    assert client.post(address, form | {"number": "44-101"}).status_code == 302
    entry = RegisterEntry.objects.get(user=person)
    assert entry.valid_until == date(2029, 11, 27)
    assert entry.changes.get().status == "active"
    application.refresh_from_db()
    assert application.state == "admitted"
    with pytest.raises(Refused):
        keeping.admit(application, RegisterEntry(number="44-102", admitted_on=date(2026, 11, 27)), keeper)
    with pytest.raises(Refused, match="already"):
        keeping.apply(person, track)


def test_nobody_admits_themselves_and_a_refusal_says_why(client, application, person, keeper) -> None:
    person.user_permissions.add(Permission.objects.get(codename="change_registerentry"))
    with pytest.raises(Refused, match="Somebody else"):
        keeping.admit(application, RegisterEntry(number="1", name="x", admitted_on=date(2026, 1, 1)), person)
    client.force_login(keeper)
    address = reverse("intermediaries:application", args=[application.pk])
    assert client.post(address, {"refuse": "1"}).status_code == 400
    client.post(address, {"refuse": "1", "reason": "The diploma is missing."})
    client.force_login(person)
    assert "The diploma is missing." in client.get(application.track.get_absolute_url()).content.decode()


# --- is this agent on the register? -------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("44-021", "李晓雯"),
        ("４４ ０２１", "李 曉雯"),  # full width, a space, traditional
        ("44021", "xiaowen LI"),
        ("44/021", "ли сяовэнь"),
    ],
)
def test_number_and_name_are_found_however_they_are_typed(track, number, name) -> None:
    entry = add_entry(track)
    assert find(number, name) == [entry]


def test_names_and_numbers_that_differ_stay_apart() -> None:
    assert name_key("王明") != name_key("明王")
    assert name_key("José García") == name_key("garcia jose")
    assert number_key("44-021") != number_key("44-0210")


def test_what_is_not_on_the_register_gets_one_answer(client, track) -> None:
    add_entry(track)
    address = reverse("intermediaries:check")

    def answer(number: str, name: str) -> tuple[int, str]:
        response = client.get(address, {"number": number, "name": name})
        text = response.content.decode()
        return response.status_code, re.sub(r'value="[^"]*"', "", text[text.index("<main") :])

    unknown = answer("99-999", "李晓雯")
    assert unknown[0] == 404
    assert answer("44-021", "Somebody Else") == unknown
    assert answer("'; DROP", "\x00") in {unknown, answer("--", "..")} or answer("'; DROP", "x") == unknown
    assert answer("44-021", "李晓雯")[0] == 200


def test_the_check_says_who_may_not_act(client, track) -> None:
    entry = add_entry(track)
    struck = StatusChange(status="struck-off", since=date(2026, 6, 1), reason="Secret reason")
    keeping.change_status(entry, struck, factories.UserFactory())
    html = client.get(reverse("intermediaries:check"), {"number": "44-021", "name": "李晓雯"}).content.decode()
    assert "struck off" in html
    assert "may not act for you" in html
    assert "Secret reason" not in client.get(entry.get_absolute_url()).content.decode()


def test_who_tries_numbers_out_is_stopped(client, track) -> None:
    address = reverse("intermediaries:check")
    codes = [client.get(address, {"number": str(n), "name": "x"}).status_code for n in range(22)]
    assert codes[:20] == [404] * 20
    assert codes[20:] == [429, 429]


# --- the register -------------------------------------------------------------------------------------
def test_the_register_is_narrowed_down_and_paged_with_few_queries(client, track, django_assert_max_num_queries) -> None:
    for number in range(30):
        add_entry(track, str(number), name=f"Agent {number:02}")
    late = add_entry(track, "L-1", name="Late", valid_until=date(2026, 1, 1))
    assert late.standing_on(date(2026, 11, 27)) == "lapsed"
    with django_assert_max_num_queries(20):
        page = client.get(reverse("intermediaries:register"), {"status": "active"}).content.decode()
    assert "30 entries" in page
    assert page.count('<li class="result">') == 25
    assert "Late" in client.get(reverse("intermediaries:register"), {"status": "lapsed"}).content.decode()
    assert "1 entry" in client.get(reverse("intermediaries:register"), {"q": "l1"}).content.decode()
    nonsense = client.get(reverse("intermediaries:register"), {"status": "x\x00", "track": "?", "page": "-1"})
    assert nonsense.status_code == 200


def test_a_public_reason_is_shown_and_a_suspension_ends_by_itself(client, track, monkeypatch) -> None:
    entry = add_entry(track)
    change = StatusChange(
        status="suspended",
        since=date(2026, 11, 1),
        until=date(2026, 12, 1),
        reason="Fees unpaid",
        is_reason_public=True,
    )
    keeping.change_status(entry, change, factories.UserFactory())
    html = client.get(entry.get_absolute_url()).content.decode()
    assert "Fees unpaid" in html
    assert ">suspended<" in html
    assert not RegisterEntry.objects.active().exists()
    for day in (date(2026, 12, 1), date(2026, 12, 2), date(2027, 3, 1), date(2027, 3, 2)):
        standing = RegisterEntry.objects.with_standing(day).get().standing
        assert standing == RegisterEntry.objects.get().standing_on(day)
        assert (standing == "active") == RegisterEntry.objects.active(day).exists()
    assert RegisterEntry.objects.active(date(2026, 12, 2)).get() == entry
    assert RegisterEntry.objects.get().standing_on(date(2026, 12, 2)) == "active"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"status": "suspended", "since": date(2027, 1, 1)}, "not come yet"),
        ({"status": "suspended", "since": date(2020, 1, 1)}, "later line"),
        ({"status": "struck-off", "since": date(2026, 1, 1), "until": date(2026, 2, 1)}, "Only a suspension"),
        ({"status": "active", "since": date(2026, 1, 1)}, "this status already"),
        ({"status": "suspended", "since": date(2026, 2, 1), "until": date(2026, 1, 1)}, "before the first"),
    ],
)
def test_a_change_that_cannot_be_is_refused(track, change, problem) -> None:
    entry = add_entry(track)
    with pytest.raises(Refused, match=problem):
        keeping.change_status(entry, StatusChange(reason="-", **change), factories.UserFactory())
    assert entry.changes.count() == 1


def test_history_is_only_added_to(track, keeper, client) -> None:
    entry = add_entry(track)
    key = str(uuid4())
    client.force_login(keeper)
    form = {"status": "1", "status-status": "suspended", "status-since": "2026-11-01", "status-reason": "Fees"}
    address = reverse("intermediaries:keep", args=[entry.pk])
    for _time in range(2):
        assert client.post(address, form | {"status-key": key}).status_code == 302
    assert entry.changes.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM intermediaries_statuschange")


# --- continuing education and renewal -----------------------------------------------------------------
def test_hours_are_those_of_the_ledger_by_year_and_topic(track, person) -> None:
    entry = add_entry(track, user=person)
    earn(person, "8", date(2025, 4, 1), topics=["patents", "industrial-property"])
    earn(person, "5", date(2025, 5, 1), topics=["copyright"])
    earn(person, "20", date(2026, 5, 1), topics=["patents"])
    years = {year.year: year for year in recent_years(entry, date(2026, 11, 27))}
    assert (years[2024].owed, years[2025].missing, years[2026].missing) == (0, Decimal(12), 0)
    assert [year.year for year in owed_for_renewal(entry)] == [2025, 2026]


@pytest.mark.parametrize(
    ("admitted", "until", "years"),
    [
        (date(2024, 3, 1), date(2027, 3, 1), [2025, 2026]),
        (date(2010, 3, 1), date(2027, 3, 1), [2024, 2025, 2026]),  # entered in the middle of a later term
        (date(2023, 12, 31), date(2026, 12, 31), [2024, 2025, 2026]),
        (date(2026, 3, 1), date(2026, 12, 31), []),
    ],
)
def test_the_years_that_a_term_owes(track, person, admitted, until, years) -> None:
    entry = add_entry(track, user=person, admitted_on=admitted, valid_until=until)
    assert [year.year for year in owed_for_renewal(entry)] == years


def test_renewal_needs_the_hours_or_a_reason_and_happens_once(track, person, monkeypatch) -> None:
    entry = add_entry(track, user=person)
    by = factories.UserFactory()
    with pytest.raises(Refused, match="last 90 days"):
        keeping.renew(entry, by)
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2027, 1, 10, tzinfo=UTC))
    earn(person, "20", date(2025, 4, 1), topics=["patents"])
    with pytest.raises(Refused, match="20 hours of continuing education are missing"):
        keeping.renew(entry, by)
    earn(person, "20", date(2026, 4, 1), topics=["patents"])
    keeping.renew(entry, by)
    entry.refresh_from_db()
    assert entry.valid_until == date(2030, 3, 1)
    with pytest.raises(Refused):
        keeping.renew(entry, by)
    assert Renewal.objects.get().hours == 40
    assert [year.year for year in owed_for_renewal(entry)] == [2027, 2028, 2029]


def test_whose_entry_runs_out_is_reminded_once_a_step(client, track, person) -> None:
    add_entry(track, user=person, valid_until=date(2027, 1, 20))
    add_entry(track, "2", user=person, valid_until=date(2027, 1, 20))
    struck = add_entry(track, "3", user=person, valid_until=date(2027, 1, 20))
    keeping.change_status(
        struck, StatusChange(status="struck-off", since=date(2026, 11, 1), reason="-"), factories.UserFactory()
    )
    for _hour in range(2):
        hour_passed.send(sender=None, now=timezone.now())
    notices = Notice.objects.filter(person=person, kind=Notice.Kind.RENEWAL)
    assert notices.count() == 2
    client.force_login(person)
    html = client.get(reverse("training:mine")).content.decode()
    assert "valid until Jan. 20, 2027" in html or "valid until January 20, 2027" in html or "20 January 2027" in html


def test_of_an_agency_its_coordinators_are_told(track, office) -> None:
    coordinator = factories.MembershipFactory(organisation=office, role=Role.COORDINATOR).user
    add_entry(track, holder="agency", organisation=office, valid_until=date(2026, 12, 2))
    hour_passed.send(sender=None, now=timezone.now())
    assert Notice.objects.get(kind=Notice.Kind.RENEWAL).person == coordinator


# --- the integrity record -----------------------------------------------------------------------------
def form_of_record(**values: Any) -> dict[str, Any]:
    return {
        "record": "1",
        "record-kind": "penalty",
        "record-title": "Fined for a forged power of attorney",
        "record-authority": "Office",
        "record-decided_on": "2026-10-01",
        "record-document": SimpleUploadedFile("decision.pdf", PDF),
        "record-key": str(uuid4()),
    } | values


def test_a_record_stands_with_its_source_and_an_upheld_objection_takes_it_away(
    client, track, person, keeper, django_capture_on_commit_callbacks
) -> None:
    entry = add_entry(track, user=person)
    client.force_login(keeper)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse("intermediaries:keep", args=[entry.pk]), form_of_record()).status_code == 302
    assert mail.outbox[-1].to == ["li@example.org"]
    found = IntegrityRecord.objects.get()
    source = reverse("intermediaries:document", args=[found.pk])
    assert "forged power of attorney" in client.get(entry.get_absolute_url()).content.decode()
    assert b"".join(client.get(source).streaming_content) == PDF

    address = reverse("intermediaries:object", args=[found.pk])
    client.force_login(factories.UserFactory())
    assert client.post(address, {"text": "Not mine"}).status_code == 404
    client.force_login(person)
    client.post(address, {"text": "It was another Li Xiaowen."})
    again = client.post(address, {"text": "Once more"})
    assert again.status_code == 400
    assert "Once more" in again.content.decode()
    assert "An objection is being examined" in client.get(entry.get_absolute_url()).content.decode()

    objection = Objection.objects.get()
    decide = reverse("intermediaries:objection", args=[objection.pk])
    client.force_login(keeper)  # entered the record
    assert client.post(decide, {"decision": "yes"}).status_code == 400
    client.force_login(make_keeper())
    assert client.post(decide, {"decision": "no"}).status_code == 400  # a no says why
    assert client.post(decide, {"decision": "yes"}).status_code == 302
    assert "forged" not in client.get(entry.get_absolute_url()).content.decode()
    assert client.get(source).status_code == 404
    assert IntegrityRecord.objects.count() == 1  # it stays, and nobody is shown it


def test_a_record_is_shown_no_longer_than_it_may(client, track) -> None:
    entry = add_entry(track)
    values = {"kind": "penalty", "authority": "Office", "document": "x.pdf", "entered_by": factories.UserFactory()}
    for title, until in (("Old", date(2026, 11, 26)), ("Recent", date(2026, 11, 27))):
        IntegrityRecord.objects.create(
            entry=entry, title=title, decided_on=date(2024, 1, 1), public_until=until, **values
        )
    html = client.get(entry.get_absolute_url()).content.decode()
    assert "Recent" in html
    assert "Old" not in html


def test_a_source_that_is_not_what_it_says_is_refused(client, track, keeper) -> None:
    entry = add_entry(track)
    client.force_login(keeper)
    address = reverse("intermediaries:keep", args=[entry.pk])
    lies = form_of_record(**{"record-document": SimpleUploadedFile("decision.pdf", b"MZ not a PDF")})
    refused = client.post(address, lies)
    assert refused.status_code == 400
    assert "does not contain what its ending" in refused.content.decode()
    assert "Fined for a forged" in refused.content.decode()
    assert not IntegrityRecord.objects.exists()


def test_only_keepers_write(client, track, person) -> None:
    entry = add_entry(track, user=person)
    client.force_login(person)
    for name, args in (("overview", []), ("add", []), ("results", []), ("keep", [entry.pk])):
        address = reverse(f"intermediaries:{name}", args=args)
        assert client.get(address).status_code == 403
        assert client.post(address, {"status": "1"}).status_code in {403, 405}
    client.logout()
    assert client.get(reverse("intermediaries:overview")).status_code == 302


def test_a_keeper_enters_agencies_and_results(client, keeper, track, person) -> None:
    client.force_login(keeper)
    form = {
        "track": track.pk,
        "holder": "agency",
        "number": "A-1",
        "name": "Harbour Patents",
        "admitted_on": "2026-01-01",
    }
    assert client.post(reverse("intermediaries:add"), form).status_code == 302
    agency = RegisterEntry.objects.get()
    assert client.post(reverse("intermediaries:add"), form).status_code == 400  # the number is taken
    add_entry(track, agency=agency)
    assert "Agents who work here" in client.get(agency.get_absolute_url()).content.decode()
    paper = track.papers.first()
    result = {"email": "LI@example.org", "paper": paper.pk, "sat_on": "2026-05-01", "points": "70", "key": str(uuid4())}
    address = reverse("intermediaries:results")
    for _time in range(2):
        assert client.post(address, result).status_code == 302
    assert PaperResult.objects.get().points == 70
    other = result | {"key": str(uuid4()), "points": "20"}
    assert "Say why" in client.post(address, other).content.decode()
    assert client.post(address, other | {"points": "101", "reason": "x"}).status_code == 400
    assert client.post(address, other | {"reason": "Misread"}).status_code == 302
    assert client.post(address, result | {"email": "nobody@example.org"}).status_code == 400


def test_an_entry_is_joined_to_the_account_of_its_holder(client, keeper, track, person) -> None:
    client.force_login(keeper)
    form = {"track": track.pk, "holder": "person", "number": "7", "name": "李晓雯", "admitted_on": "2024-01-01"}
    add = reverse("intermediaries:add")
    refused = client.post(add, form | {"email": "nobody@example.org"})
    assert "The holder signs up first" in refused.content.decode()
    client.post(add, form | {"email": "LI@example.org"})
    entry = RegisterEntry.objects.get()
    assert entry.user == person
    address = reverse("intermediaries:keep", args=[entry.pk])
    assert "li@example.org" in client.get(address).content.decode()
    client.post(address, {"details": "1", "details-name": "李晓雯", "details-email": ""})
    assert RegisterEntry.objects.get().user is None


def test_nobody_keeps_their_own_entry_or_enters_their_own_results(client, track) -> None:
    both = make_keeper(email="both@example.org")
    entry = add_entry(track, user=both, valid_until=date(2026, 12, 2))
    client.force_login(both)
    address = reverse("intermediaries:keep", args=[entry.pk])
    for form in (
        {"renew": "1", "renew-reason": "I say so"},
        {"details": "1", "details-name": "Another", "details-email": "both@example.org"},
        form_of_record(**{"record-kind": "commendation"}),
        {
            "status": "1",
            "status-status": "suspended",
            "status-since": "2026-11-01",
            "status-reason": "x",
            "status-key": str(uuid4()),
        },
    ):
        refused = client.post(address, form)
        assert refused.status_code == 400
        assert "somebody else keeps it" in refused.content.decode()
    entry.refresh_from_db()
    assert (entry.name, entry.valid_until, entry.changes.count()) == ("李晓雯", date(2026, 12, 2), 1)
    paper = track.papers.first()
    result = {"email": "both@example.org", "paper": paper.pk, "sat_on": "2026-05-01", "points": "99", "key": uuid4()}
    assert "your own results" in client.post(reverse("intermediaries:results"), result).content.decode()
    assert not PaperResult.objects.exists()


def test_signs_that_become_many_letters_fit_the_column(track) -> None:
    entry = add_entry(track, "㍿" * 40)
    assert find("㍿" * 40, "李晓雯") == [entry]


# --- joined to the rest -------------------------------------------------------------------------------
def test_an_active_entry_proves_a_claim_of_its_holder_and_of_nobody_else(track, person) -> None:
    entry = add_entry(track, user=person)
    assert "44-021" in proof_of("register", person, str(entry.pk)).title
    assert proof_of("register", factories.UserFactory(), str(entry.pk)) is None
    assert proof_of("register", person, "nonsense") is None
    change = StatusChange(status="suspended", since=date(2026, 11, 1), reason="-")
    keeping.change_status(entry, change, factories.UserFactory())
    assert proof_of("register", person, str(entry.pk)) is None


def test_a_profile_shows_an_entry_of_the_register_as_verified(client, track, person) -> None:
    entry = add_entry(track, user=person)
    client.force_login(person)
    found = Profile.objects.create(user=person, headline="Patent agent")
    client.post(reverse("professionals:claim_proof"), {"source": "register", "key": str(entry.pk)})
    publish_profile(found, ["qualification"])
    html = client.get(found.get_absolute_url()).content.decode()
    assert "public register" in html
    assert entry.get_absolute_url() in html
    assert found.claims.get().is_verified
    change = StatusChange(status="struck-off", since=date(2026, 11, 1), reason="-")
    keeping.change_status(entry, change, factories.UserFactory())
    assert not Claim.objects.get().is_verified


def test_search_finds_those_who_may_act_today(client, track) -> None:
    now = add_entry(track, name="Zyzzyva Patents")
    late = add_entry(track, "2", name="Zyzzyva Marks", valid_until=date(2026, 11, 26))
    with refreshed():
        html = client.get("/en/search/", {"q": "zyzzyva"}).content.decode()
        assert now.get_absolute_url() in html
        assert late.get_absolute_url() not in html
        assert late.name in client.get(reverse("intermediaries:register"), {"q": "zyzzyva"}).content.decode()


def test_it_counts_in_the_coverage_matrix_and_speaks_schema_org(client, track) -> None:
    entry = add_entry(track)
    add_entry(track, "old", valid_until=date(2025, 1, 1))
    measure = StrategyMeasure.objects.get(slug="services")
    assert INTERMEDIARIES.count(date(2026, 1, 1), "en") == {measure.pk: 1}
    html = client.get(entry.get_absolute_url()).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert (data["@type"], data["name"], data["identifier"]["value"]) == ("Person", "李晓雯", "44-021")


def test_a_course_says_for_which_qualification_it_counts(client, track) -> None:
    course = factories.make_course(slug="agents", title_en="For agents")
    track.courses = [course]
    track.save()
    assert track.get_absolute_url() in client.get(reverse("catalogue:course", args=["agents"])).content.decode()
