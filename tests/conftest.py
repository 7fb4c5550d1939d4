"""Every test meets the starter content: it is what a new user meets, too."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from tests import factories
from tests.starter import load_once

collect_ignore = ["conformance"]  # has settings of its own: make test runs it by itself


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> None:
    shared = None if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with django_db_blocker.unblock():
        load_once(shared)


@pytest.fixture(autouse=True)
def _clean_start() -> Iterator[None]:
    """English and UTC, whatever the request before asked for, and no rate limit counted by another test."""
    timezone.deactivate()
    with override("en"):
        yield
    caches["default"].clear()


@pytest.fixture
def learner(db: None) -> Any:
    return factories.UserFactory(name="李晓雯")


@pytest.fixture
def signed_in(client: Client, learner: Any) -> Client:
    client.force_login(learner)
    return client


@pytest.fixture
def lesson(db: None) -> Page:
    return Page.objects.get(slug="pencil-with-an-inventor", locale__language_code="en").specific


@pytest.fixture
def campaign(db: None) -> Page:
    return Page.objects.get(slug="world-ip-day", locale__language_code="en").specific
