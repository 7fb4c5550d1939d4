"""The proof that every Wagtail feature works: django-modelsearch's own suite, on our backend."""

import pytest
from django.conf import settings
from django.test import TestCase
from modelsearch.test.testapp import models
from modelsearch.tests.test_backends import BackendTests

FIXTURE = settings.FIXTURE_DIRS[0] / "search.json"


@pytest.mark.skipif(not FIXTURE.exists(), reason="the suite's fixture lies in ../shared, which is not here")
class TestWhooshBackend(BackendTests, TestCase):
    backend_path = "cms.search.backend"

    def test_reset_indexes_empties_the_index(self) -> None:
        self.backend.reset_indexes()
        assert self.backend.search("JavaScript", models.Book).count() == 0
