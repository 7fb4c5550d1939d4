"""What behaves differently on real servers: constraints, locks, counters shared by processes."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import close_old_connections, connection
from wagtail.models import Locale, Page

from cms.campaigns.events.api import Applicant, cancel, register
from cms.campaigns.events.models import EventIndexPage, EventPage, Registration
from cms.pages.models import HomePage
from cms.statistics.models import Act, DailyCount
from cms.statistics.sums import add
from courses.catalogue.api import activities_of
from courses.credentials.models import Certificate
from courses.enrolment.api import enrol
from courses.records.api import Verb, first_fault, record
from tests import factories
from tests.campaigns.pages import event

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
    return in_pool(count, count, act)


def in_pool(threads: int, count: int, act: Any) -> list[Any]:
    """``act`` for each number up to ``count``, on so many threads at once."""

    def run(number: int) -> Any:
        close_old_connections()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_complete_once():
    # The flush after a transactional test is a TRUNCATE, which row triggers do not see.
    course = factories.make_course()
    enrolment = enrol(factories.UserFactory(), course)
    activity = activities_of(course.current)[0]

    def click(number: int) -> Any:
        return record(enrolment, Verb.COMPLETED, activity, key=f"completed:{activity.pk}").pk

    assert len(set(in_threads(20, click))) == 1
    assert enrolment.statements.count() == 2
    assert Certificate.objects.filter(enrolment=enrolment).count() == 1
    assert first_fault(enrolment) is None


@pytest.mark.django_db(transaction=True)
def test_acts_at_once_form_one_chain():
    enrolment = enrol(factories.UserFactory(), factories.make_course("reading", "reading"))
    in_threads(12, lambda number: record(enrolment, Verb.LAUNCHED, key=f"launched:{number}"))
    assert enrolment.statements.count() == 12
    assert first_fault(enrolment) is None


def an_event() -> EventPage:
    """A transactional test begins with an empty database: the event gets a small tree of its own."""
    ContentType.objects.clear_cache()
    locale, _is_new = Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    home = root.add_child(instance=HomePage(title="Home", slug="home-of-events", headline="Home", locale=locale))
    home.add_child(instance=EventIndexPage(title="Events", slug="events", locale=locale))
    return event(capacity=50)


@pytest.mark.django_db(transaction=True)
def test_two_hundred_at_once_get_fifty_seats_and_the_line_moves_up():
    page = an_event()
    people = [Applicant(f"Person {number}", f"p{number}@example.org") for number in range(200)]

    def sign_up(number: int) -> str:
        return register(page, uuid4(), "en", people[number]).state

    states = Counter(in_pool(40, 200, sign_up))
    assert states == {"confirmed": 50, "waiting": 150}
    held = list(Registration.objects.filter(event_key=page.translation_key).confirmed())
    assert sorted(one.seat for one in held) == list(range(1, 51))
    in_pool(40, 25, lambda number: cancel(held[number]).state)
    left = Registration.objects.filter(event_key=page.translation_key)
    assert left.confirmed().count() == 50
    assert left.waiting().count() == 125
    assert sorted(left.confirmed().values_list("seat", flat=True)) == list(range(1, 51))


@pytest.mark.django_db(transaction=True)
def test_counts_at_once_lose_nothing():
    key = uuid4()
    in_threads(12, lambda number: [add(key, Act.VIEW, "en") for _time in range(10)])
    assert DailyCount.objects.get(subject=key).count == 120
