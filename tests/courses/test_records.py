"""The learning record: one door, only added to, checked by anyone."""

import pytest
from django.db import DatabaseError, connection, transaction

from courses.credentials.models import Certificate, CreditEntry
from courses.enrolment.api import enrol
from courses.enrolment.models import Enrolment
from courses.records.api import Verb, first_broken_link, progress_of, record
from courses.records.models import AppendOnlyError, Statement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(learner):
    course = factories.CourseFactory()
    module = factories.ModuleFactory(course=course)
    factories.ActivityFactory.create_batch(2, module=module)
    return enrol(learner, course)


def complete(enrolment: Enrolment, number: int) -> Statement:
    activity = progress_of(enrolment).activities[number]
    return record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}")


def test_it_records_a_statement(enrolment):
    statement = record(enrolment, Verb.REGISTERED, key="registered")
    assert (statement.sequence, statement.previous_hash) == (1, "")
    assert len(statement.hash) == 64


def test_it_records_the_same_act_once(enrolment):
    first, again = complete(enrolment, 0), complete(enrolment, 0)
    assert first == again
    assert enrolment.statements.count() == 1


def test_it_chains_statements(enrolment):
    first, second = complete(enrolment, 0), record(enrolment, Verb.LAUNCHED, key="launched")
    assert second.previous_hash == first.hash
    assert first_broken_link(enrolment) is None


def test_it_refuses_an_activity_of_another_course(enrolment):
    with pytest.raises(ValueError, match="does not belong"):
        record(enrolment, Verb.COMPLETED, factories.ActivityFactory(), key="stolen")
    assert not enrolment.statements.exists()


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


def test_a_failing_grant_undoes_the_completion(enrolment, monkeypatch):
    complete(enrolment, 0)
    monkeypatch.setattr("courses.credentials.receivers.grant", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        complete(enrolment, 1)
    assert not progress_of(enrolment).is_complete
    assert enrolment.statements.count() == 1


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


def test_it_finds_an_altered_statement(enrolment):
    complete(enrolment, 0)
    record(enrolment, Verb.LAUNCHED, key="launched")
    statement = enrolment.statements.order_by("sequence").first()
    forged = Statement(
        enrolment=enrolment,
        sequence=3,
        verb=Verb.PASSED,
        key="forged",
        stored_at=statement.stored_at,
        previous_hash="0" * 64,
        hash="0" * 64,
    )
    forged.save(force_insert=True)
    assert first_broken_link(enrolment) == 3
