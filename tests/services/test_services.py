"""What behaves differently on real servers: constraints, locks, counters shared by processes."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.cache import cache
from django.db import close_old_connections, connection

from courses.credentials.models import Certificate
from courses.enrolment.models import Enrolment
from courses.records.api import Verb, activities_of, first_broken_link, record
from tests import factories

pytestmark = [
    pytest.mark.skipif(
        "IMPRINT_SERVICES" not in os.environ, reason="needs PostgreSQL and Redis: python -m tests.services"
    ),
    pytest.mark.django_db,
]


def test_it_runs_on_postgresql_and_redis():
    assert connection.vendor == "postgresql"
    cache.set("imprint", "印记")
    assert cache.get("imprint") == "印记"
    assert "redis" in type(cache._connections["default"]).__module__


def in_threads(count: int, act: Any) -> list[Any]:
    def run(number: int) -> Any:
        close_old_connections()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_complete_once():
    # The flush after a transactional test is a TRUNCATE, which row triggers do not see.
    course = factories.CourseFactory()
    factories.ActivityFactory(module=factories.ModuleFactory(course=course))
    enrolment = Enrolment.objects.create(learner=factories.UserFactory(), course=course)
    activity = activities_of(course)[0]

    def click(number: int) -> Any:
        return record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}").pk

    assert len(set(in_threads(20, click))) == 1
    assert enrolment.statements.count() == 2
    assert Certificate.objects.filter(enrolment=enrolment).count() == 1
    assert first_broken_link(enrolment) is None


@pytest.mark.django_db(transaction=True)
def test_acts_at_once_form_one_chain():
    course = factories.CourseFactory()
    factories.ActivityFactory.create_batch(2, module=factories.ModuleFactory(course=course))
    enrolment = Enrolment.objects.create(learner=factories.UserFactory(), course=course)
    in_threads(12, lambda number: record(enrolment, Verb.LAUNCHED, key=f"launched:{number}"))
    assert enrolment.statements.count() == 12
    assert first_broken_link(enrolment) is None
