"""What Wagtail itself does with a search backend: admin search, choosers, its API of queries."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from modelsearch.backends.base import FilterFieldError
from modelsearch.query import MATCH_ALL, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.models import Locale, Page

from cms.accounts.models import User
from cms.vocabulary.models import GlossaryTerm, Topic
from courses.catalogue.models import Course
from curriculum.plans.models import LessonPlanPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    user: User = factories.UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return client


@pytest.fixture
def english() -> int:
    return int(Locale.objects.get(language_code="en").pk)


def test_admin_search_finds_pages(admin: Client) -> None:
    html = admin.get(reverse("wagtailadmin_pages:search"), {"q": "inventor"}).content.decode()
    assert "The pencil that had an inventor" in html


def test_the_page_chooser_finds_what_is_being_typed(admin: Client) -> None:
    response = admin.get(reverse("wagtailadmin_choose_page_search"), {"q": "penc"})
    assert "The pencil that had an inventor" in response.content.decode()


def test_documents_and_images_are_searched(admin: Client) -> None:
    assert admin.get(reverse("wagtaildocs:index"), {"q": "hand-out"}).status_code == 200
    assert admin.get(reverse("wagtailimages:index"), {"q": "pencil"}).status_code == 200


def test_snippets_are_searched(admin: Client) -> None:
    address = reverse(Course.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    assert "leading cadres" in admin.get(address, {"q": "cadre"}).content.decode()


def titles(results: Any) -> list[str]:
    return [str(result) for result in results]


def test_every_kind_of_query(english: int) -> None:
    lessons = LessonPlanPage.objects.filter(locale_id=english)
    pencil, song = "The pencil that had an inventor", "Whose song is it?"
    assert pencil in titles(lessons.search(PlainText("pencils")))
    assert titles(lessons.search(Phrase("pencil that had"))) == [pencil]
    assert titles(lessons.search(Phrase("inventor pencil"))) == []
    assert pencil in titles(lessons.search(Fuzzy("pencli")))
    both = titles(lessons.search(Or([PlainText("pencil"), Boost(PlainText("song"), 5)])))
    assert both[0] == song
    assert pencil in both
    assert song not in titles(lessons.search(And([PlainText("song"), PlainText("pencil")])))
    assert pencil not in titles(lessons.search(Not(PlainText("pencil"))))
    assert lessons.search(MATCH_ALL).count() == lessons.count()
    assert {pencil, song} <= set(titles(lessons.search("pencil song", operator="or")))
    assert titles(lessons.search("class", fields=["title"])) == ["A badge for our class"]


def test_scores_slices_and_counts(english: int, django_assert_num_queries: Any) -> None:
    results = LessonPlanPage.objects.filter(locale_id=english).search("class")
    with django_assert_num_queries(0):
        total = results.count()
        assert results[1:3].count() == 2
    assert 3 <= total <= 6
    with django_assert_num_queries(1):
        page = list(results[1:3].annotate_score("score"))
    assert page[0].score >= page[1].score > 0


def test_the_callers_own_order(english: int) -> None:
    lessons = LessonPlanPage.objects.filter(locale_id=english).order_by("-title")
    found = titles(lessons.search("class", order_by_relevance=False))
    assert found == sorted(found, reverse=True)


def test_facets_count_columns_and_related_records(english: int) -> None:
    results = LessonPlanPage.objects.filter(locale_id=english).search(MATCH_ALL)
    assert results.facet("stage") == {"primary": 6, "secondary": 6, "university": 6}
    assert results.facet("topics__slug")["copyright"] >= 2
    with pytest.raises(FilterFieldError, match="Cannot facet"):
        results.facet("assessment")


def test_filters_that_are_not_in_the_index_are_left_to_the_database(english: int) -> None:
    lessons = LessonPlanPage.objects.filter(locale_id=english, title__icontains="PENCIL")
    assert titles(lessons.search("inventor")) == ["The pencil that had an inventor"]


def test_a_search_of_all_pages_sees_the_fields_of_every_kind() -> None:
    kinds = {page.specific_class for page in Page.objects.live().search("inventor")[:30]}
    assert len(kinds) > 1


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_records_are_found_by_every_languages_column(language: str) -> None:
    suffix = language.replace("-", "_")
    topic = Topic.objects.get(slug="trade-secrets")
    assert topic in list(Topic.objects.search(getattr(topic, f"title_{suffix}")))
    term = GlossaryTerm.objects.get(slug="novelty")
    assert term in list(GlossaryTerm.objects.search(getattr(term, f"title_{suffix}")))
