"""The library: facets with counts that are right, every state an address, and a way out of every dead end."""

from urllib.parse import parse_qs

import pytest
from wagtail.models import PageViewRestriction

from curriculum.library.facets import Option
from curriculum.library.finding import _as_tree
from curriculum.library.models import LessonTally
from curriculum.plans.models import LessonPlanPage
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db


def ask(client, query="", language="en"):
    return client.get(f"/{language}/lessons/?{query}")


def titles(client, query, language="en"):
    return [page.title for page in ask(client, query, language).context["lessons"]]


def count(client, query, language="en"):
    return ask(client, query, language).context["answer"].count


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 18),
        ("stage=primary", 6),
        ("subject=music", 1),
        ("topic=copyright", 7),
        ("stage=secondary&topic=copyright", 2),
        ("stage=university&subject=music", 0),
        ("stage=primary&stage=secondary", 12),
        ("grade=4", 4),
        ("grade=3&grade=11", 5),
        ("duration=40", 6),
        ("duration=longer", 6),
        ("topic=industrial-property", 14),
        ("competence=search", 4),
        ("activity=role-play&strategy=case-method", 3),
        ("material=worksheet", 18),
        ("material=video", 0),
        ("licence=cc-by-4-0", 18),
        ("q=patent&stage=university", 4),
        ("q=zzzzz", 0),
    ],
)
def test_it_narrows_down(client, query, number):
    assert count(client, query) == number


def test_every_count_is_what_one_gets_by_choosing_it(client):
    for start in ("topic=copyright", "q=patent&stage=secondary"):
        answer = ask(client, start).context["answer"]
        for entry in answer.facets:
            chosen = parse_qs(start).get(entry.facet.name)
            if chosen:
                continue
            for choice in entry.choices:
                query = f"{start}&{entry.facet.name}={choice.value}"
                assert count(client, query) == choice.count, query


def test_counts_of_a_used_facet_are_those_without_it(client):
    answer = ask(client, "stage=secondary").context["answer"]
    stages = next(entry for entry in answer.facets if entry.facet.name == "stage")
    assert {choice.value: choice.count for choice in stages.choices} == dict.fromkeys(
        ("primary", "secondary", "university"), 6
    )
    assert [choice.value for choice in stages.choices if choice.is_chosen] == ["secondary"]


def test_a_broader_topic_finds_what_is_below_it(client):
    answer = ask(client).context["answer"]
    topics = next(entry for entry in answer.facets if entry.facet.name == "topic")
    assert topics.choices[0].value == "industrial-property"
    assert all(choice.below == "industrial-property" for choice in topics.choices[1:3])


def test_topics_are_shown_below_their_broader_ones_however_deep():
    options = [Option("designs", ""), Option("use", "", "trips"), Option("trips", "", "rights"), Option("rights", "")]
    assert [option.value for option in _as_tree(options)] == ["designs", "rights", "trips", "use"]


def test_the_language_of_the_lesson_is_a_facet_and_is_said(client):
    response = ask(client, "language=zh-hans&stage=primary")
    page = response.content.decode()
    assert "有发明人的铅笔" in page
    assert "These lessons are in" in page
    assert 'lang="zh-hans" dir="ltr"' in page
    assert {choice.value: choice.count for choice in response.context["answer"].languages} == dict.fromkeys(
        ("en", "zh-hans", "fr", "es", "ru", "ar"), 6
    )


@pytest.mark.parametrize("query", ["stage=kindergarten", "topic=nothing", "language=xx", "subject=%00", "grade=99"])
def test_an_unknown_value_is_said_and_nothing_is_shown(client, query):
    response = ask(client, query)
    assert response.status_code == 200
    assert "nothing the library can filter by" in response.content.decode()
    assert response.context["answer"].count == 0


@pytest.mark.parametrize("query", ["page=0", "page=999", "page=x", "sort=none", "q=%00%00", "q=" + "a" * 5000])
def test_nonsense_in_the_address_does_no_harm(client, query):
    assert ask(client, query).status_code == 200


def test_a_filter_is_taken_away_by_its_link(client):
    page = ask(client, "stage=primary&topic=copyright").content.decode()
    assert 'href="?topic=copyright"' in page
    assert 'href="?stage=primary"' in page


def test_an_empty_combination_says_what_would_help(client):
    response = ask(client, "stage=university&subject=music")
    ways = {way["url"]: way["count"] for way in response.context["ways_out"]}
    assert ways == {"?subject=music": 1, "?stage=university": 6}
    for url, number in ways.items():
        assert count(client, url[1:]) == number


def test_it_sorts_by_newest(client):
    slugs = [page.slug for page in ask(client, "sort=newest").context["lessons"]]
    first = LessonPlanPage.objects.filter(locale__language_code="en").order_by("-first_published_at", "title").first()
    assert slugs[0] == first.slug


def test_it_sorts_by_how_often_a_lesson_was_taught(client):
    lesson = LessonPlanPage.objects.get(slug="a-dispute-in-three-acts", locale__language_code="en")
    LessonTally.objects.create(lesson_key=lesson.translation_key, times_taught=7)
    response = ask(client, "sort=taught")
    assert response.context["lessons"][0].slug == lesson.slug
    assert "Taught 7 times" in response.content.decode()


def test_few_times_are_neither_shown_nor_sorted_by(client):
    lesson = LessonPlanPage.objects.get(slug="a-dispute-in-three-acts", locale__language_code="en")
    LessonTally.objects.create(lesson_key=lesson.translation_key, times_taught=4)
    response = ask(client, "sort=taught")
    assert response.context["lessons"][0].slug != lesson.slug
    assert "Taught 4" not in ask(client, "stage=university").content.decode()


def test_it_finds_by_words_best_first(client):
    assert titles(client, "q=chair")[0] == "The shape of a chair"
    assert titles(client, "q=椅子", "zh-hans")[0] == "一把椅子的样子"


def test_htmx_gets_only_what_changes(client):
    response = client.get("/en/lessons/?stage=primary", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "<html" not in page
    assert 'id="library"' in page
    assert "HX-Request" in response["Vary"]
    again = client.get("/en/lessons/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in again.content.decode()


def test_private_lessons_are_neither_listed_nor_counted(client, lesson):
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert lesson.title not in titles(client, "stage=primary")
    assert count(client, "stage=primary") == 5
    assert client.get(f"/en/packs/{lesson.translation_key}/lesson-plan.pdf").status_code == 404


def test_a_lesson_that_is_taken_back_is_gone_from_the_list(client, lesson):
    lesson.unpublish()
    with refreshed():
        assert count(client, "stage=primary") == 5


def test_a_page_of_results_needs_few_queries(client, django_assert_max_num_queries):
    ask(client)
    with django_assert_max_num_queries(20):
        ask(client, "stage=primary&topic=industrial-property&grade=4")
