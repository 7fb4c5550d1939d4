"""The learning record: one door, only added to, checked by anyone."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from courses.catalogue.models import Activity
from courses.catalogue.versions import publish
from courses.credentials.models import Certificate, CreditEntry
from courses.enrolment.api import enrol
from courses.enrolment.models import Enrolment
from courses.records.api import Act, ActRefused, Verb, first_fault, move, progress_of, record, record_all
from courses.records.models import AppendOnlyError, EnrolmentProgress, Statement
from courses.records.rebuild import derived_bytes, rebuild
from courses.records.verbs import IRIS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(learner):
    return enrol(learner, factories.make_course("reading", "reading"))


def complete(enrolment: Enrolment, number: int) -> Statement:
    activity = progress_of(enrolment).activities[number]
    return record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}")


def test_it_records_a_statement(enrolment):
    statement = record(enrolment, Verb.REGISTERED, key="registered")
    assert (statement.sequence, statement.previous_hash) == (1, "")
    assert len(statement.hash) == 64


def test_it_says_in_which_version_of_the_course(enrolment):
    assert record(enrolment, Verb.REGISTERED, key="registered").context == {"revision": "1"}


def test_it_records_the_same_act_once(enrolment):
    first, again = complete(enrolment, 0), complete(enrolment, 0)
    assert first == again
    assert enrolment.statements.count() == 1


def test_the_same_act_twice_in_one_report_is_one(enrolment):
    act = Act(Verb.LAUNCHED, "launched")
    entries = record_all(enrolment, [act, act]).entries
    assert [entry.is_new for entry in entries] == [True, False]
    assert enrolment.statements.count() == 1


def test_it_chains_statements(enrolment):
    first, second = complete(enrolment, 0), record(enrolment, Verb.LAUNCHED, key="launched")
    assert second.previous_hash == first.hash
    assert first_fault(enrolment) is None


def test_it_refuses_an_activity_of_another_course(enrolment):
    with pytest.raises(ActRefused, match="not-in-this-course"):
        record(enrolment, Verb.COMPLETED, factories.ActivityFactory(), key="stolen")
    assert not enrolment.statements.exists()


def test_an_act_that_is_refused_stops_no_other(enrolment):
    stolen = Act(Verb.COMPLETED, "stolen", factories.ActivityFactory().pk)
    entries = record_all(enrolment, [Act(Verb.LAUNCHED, "one"), stolen, Act(Verb.LAUNCHED, "two")]).entries
    assert [entry.refused for entry in entries] == ["", "not-in-this-course", ""]
    assert [statement.key for statement in enrolment.statements.order_by("sequence")] == ["one", "two"]


def test_it_derives_progress(enrolment):
    assert progress_of(enrolment).percent == 0
    complete(enrolment, 0)
    progress = progress_of(enrolment)
    assert progress.percent == 50
    assert progress.resume_at == progress.activities[1]


def test_it_resumes_where_the_learner_was(enrolment):
    last = progress_of(enrolment).activities[1]
    record(enrolment, Verb.LAUNCHED, last, key="launched:1")
    assert progress_of(enrolment).resume_at == last


def test_it_completes_the_course_once_and_grants_once(enrolment):
    complete(enrolment, 0)
    assert not Certificate.objects.filter(enrolment=enrolment).exists()
    complete(enrolment, 1)
    complete(enrolment, 1)
    assert progress_of(enrolment).is_complete
    assert Certificate.objects.filter(enrolment=enrolment).count() == 1
    assert [entry.hours for entry in CreditEntry.objects.filter(learner=enrolment.learner)] == [2]


def test_a_course_is_complete_without_what_is_optional(learner):
    course = factories.CourseFactory()
    module = factories.ModuleFactory(course=course)
    factories.ActivityFactory(module=module)
    factories.ActivityFactory(module=module, is_optional=True)
    publish(course)
    course.refresh_from_db()
    enrolment = enrol(learner, course)
    complete(enrolment, 0)
    assert progress_of(enrolment).is_complete


def test_a_failing_grant_undoes_the_completion(enrolment, monkeypatch):
    complete(enrolment, 0)
    monkeypatch.setattr("courses.credentials.receivers.grant", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        complete(enrolment, 1)
    assert not progress_of(enrolment).is_complete
    assert enrolment.statements.count() == 1


def test_every_verb_has_its_identifier():
    assert all(IRIS[verb].startswith(("http://", "https://")) for verb in Verb)


# --- only added to ---------------------------------------------------------------------------------------
def test_python_refuses_changes(enrolment):
    statement = complete(enrolment, 0)
    with pytest.raises(AppendOnlyError):
        statement.save()
    with pytest.raises(AppendOnlyError):
        statement.delete()
    with pytest.raises(AppendOnlyError):
        Statement.objects.all().update(verb="passed")
    with pytest.raises(AppendOnlyError):
        Statement.objects.all().delete()


@pytest.mark.parametrize(
    "sql", ["UPDATE records_statement SET verb = 'passed'", "DELETE FROM records_statement"], ids=["update", "delete"]
)
def test_the_database_refuses_changes(enrolment, sql):
    complete(enrolment, 0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Statement.objects.get().verb == Verb.COMPLETED


@pytest.mark.parametrize("table", ["credentials_certificate", "credentials_creditentry"])
def test_the_database_refuses_to_change_what_was_granted(enrolment, table):
    complete(enrolment, 0)
    complete(enrolment, 1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


# --- checked ---------------------------------------------------------------------------------------------
@pytest.fixture
def without_triggers(db):
    """A database in which somebody with all rights has taken the triggers off, as a forger would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER records_statement_no_{act}")
        else:
            cursor.execute("DROP TRIGGER records_statement_append_only ON records_statement")
        yield cursor


@pytest.fixture
def long_record(enrolment):
    for number in range(5):
        record(enrolment, Verb.LAUNCHED, key=f"launched:{number}")
    return enrolment


def forge(cursor, enrolment, sql, sequence):
    pk = enrolment.pk.hex if connection.vendor == "sqlite" else str(enrolment.pk)
    cursor.execute(f"{sql} WHERE enrolment_id = %s AND sequence = %s", [pk, sequence])


def verify() -> str:
    out = io.StringIO()
    try:
        call_command("verify_records", stdout=out, no_color=True)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def test_a_whole_record_is_verified(long_record):
    assert "The learning record is whole." in verify()


@pytest.mark.parametrize(
    ("sql", "sequence", "faults"),
    [
        ("UPDATE records_statement SET verb = 'completed'", 3, ["#3: altered"]),
        ("UPDATE records_statement SET stored_at = '2020-01-01 00:00:00+00:00'", 2, ["#2: altered"]),
        ("UPDATE records_statement SET part = 'x'", 5, ["#5: altered"]),
        ("DELETE FROM records_statement", 3, ["#3: missing"]),
        ("DELETE FROM records_statement", 1, ["#1: missing"]),
        ("DELETE FROM records_statement", 5, ["#5: cut-off"]),
    ],
)
def test_it_finds_what_was_altered_or_taken_out_and_says_which(long_record, without_triggers, sql, sequence, faults):
    forge(without_triggers, long_record, sql, sequence)
    said = verify()
    assert [line.partition(" ")[2] for line in said.splitlines()[:-1]] + [""] == [*faults, ""] or all(
        fault in said for fault in faults
    )
    assert said.count(str(long_record.pk)) == len(faults)


def test_it_finds_statements_in_another_order(long_record, without_triggers):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        forge(without_triggers, long_record, f"UPDATE records_statement SET sequence = {new}", old)
    said = verify()
    assert "#2: altered" in said
    assert "#3: altered" in said


def test_it_finds_a_statement_put_in_with_a_hash_of_its_own(long_record):
    Statement(
        enrolment=long_record,
        sequence=6,
        verb=Verb.COMPLETED,
        key="forged",
        stored_at=long_record.enrolled_at,
        previous_hash="0" * 64,
        hash="0" * 64,
    ).save(force_insert=True)
    assert "#6: altered" in verify()
    assert str(first_fault(long_record)).endswith("#6: altered")


def test_it_finds_a_record_that_is_gone_altogether(long_record, without_triggers):
    without_triggers.execute("DELETE FROM records_statement")
    assert verify().count("cut-off") == 5


# --- derived anew ----------------------------------------------------------------------------------------
def test_a_rebuild_gives_the_same_bytes(learner):
    for _number in range(3):
        enrolment = enrol(factories.UserFactory(), factories.make_course("reading", "quiz"))
        record(enrolment, Verb.REGISTERED, key="registered")
        complete(enrolment, 0)
        record(enrolment, Verb.PASSED, progress_of(enrolment).activities[1], key="p", result={"score": {"scaled": 0.8}})
    before = derived_bytes()
    EnrolmentProgress.objects.update(state="{}", done=0, sequence=0, completed_at=None)
    assert derived_bytes() != before
    assert sum(rebuild()) == 9
    assert derived_bytes() == before


def test_progress_that_was_thrown_away_comes_back(enrolment):
    complete(enrolment, 0)
    before = derived_bytes()
    EnrolmentProgress.objects.all().delete()
    assert progress_of(enrolment).percent == 50
    record(enrolment, Verb.COMPLETED, progress_of(enrolment).activities[0], key=f"completed:{activity_pk(enrolment)}")
    assert enrolment.statements.count() == 1
    call_command("rebuild_progress", verbosity=0, stdout=io.StringIO())
    assert derived_bytes() == before


def activity_pk(enrolment):
    return progress_of(enrolment).activities[0].pk


# --- versions --------------------------------------------------------------------------------------------
def revise(enrolment, **values):
    """The course's draft is changed and published again."""
    draft = Activity.objects.filter(module__course=enrolment.course, module__version=None).order_by("sort_order")
    first = draft[0]
    first.title_en = "Rewritten"
    first.save()
    version = publish(enrolment.course, **values)
    enrolment.course.refresh_from_db()
    return version, first.key


def test_a_learner_finishes_the_version_that_was_begun(enrolment):
    complete(enrolment, 0)
    revise(enrolment)
    progress = progress_of(enrolment)
    assert str(progress.activities[0]) != "Rewritten"
    complete(enrolment, 1)
    assert progress_of(enrolment).is_complete


def test_a_learner_moves_with_what_is_done_and_the_record_says_so(enrolment):
    complete(enrolment, 0)
    version, _key = revise(enrolment)
    move(enrolment, version)
    progress = progress_of(enrolment)
    assert str(progress.activities[0]) == "Rewritten"
    assert progress.percent == 50
    moved = enrolment.statements.get(key="moved:2")
    assert (moved.context["revision"], moved.result) == ("2", {"from": "1", "redo": []})


def test_what_changed_too_much_is_done_again(enrolment):
    complete(enrolment, 0)
    _version, key = revise(enrolment)
    version = publish(enrolment.course, redo=[key])
    move(enrolment, version)
    assert progress_of(enrolment).percent == 0
    complete(enrolment, 0)
    complete(enrolment, 1)
    assert progress_of(enrolment).is_complete
    before = derived_bytes()
    list(rebuild())
    assert derived_bytes() == before


def test_moving_to_a_version_that_asks_less_completes(enrolment):
    complete(enrolment, 0)
    Activity.objects.filter(module__course=enrolment.course, module__version=None).order_by("-sort_order")[0].delete()
    version = publish(enrolment.course)
    move(enrolment, version)
    assert progress_of(enrolment).is_complete


def test_a_completed_course_stays_as_it_was(enrolment):
    complete(enrolment, 0)
    complete(enrolment, 1)
    version, _key = revise(enrolment)
    move(enrolment, version)
    assert enrolment.version.number == 1
    assert not enrolment.statements.filter(key="moved:2").exists()
