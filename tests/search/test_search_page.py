"""The search page as readers use it: results of every kind, ways to go on, and nothing that is not public."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.html import strip_tags
from django.utils.translation import override
from modelsearch.backends import get_search_backend
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from courses.catalogue.models import Course
from curriculum.plans.models import LessonPlanPage
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
WORDS = {"en": "patent", "zh-hans": "专利", "fr": "brevet", "es": "patente", "ru": "патент", "ar": "براءة"}


def look(client: Client, query: str, language: str = "en", **more: str) -> str:
    response = client.get(f"/{language}/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return [
        unescape(strip_tags(found)).strip()
        for found in re.findall(r'<h3><a href="[^"#]*[^"]*".*?</a></h3>', html, re.S)
    ]


def facet(html: str, name: str) -> dict[str, int]:
    """The choices of a facet with their counts."""
    section = re.search(rf'aria-labelledby="facet-{name}".*?</section>', html, re.S)
    if section is None:
        return {}
    rows = re.findall(r"<bdi[^>]*>(.*?)</bdi> <span class=\"count\">(\d+)</span>", section.group(), re.S)
    return {unescape(label): int(count) for label, count in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_finds_in_every_language(client: Client, language: str) -> None:
    html = look(client, WORDS[language], language)
    assert f'<html lang="{language}"' in html
    assert len(titles(html)) >= 5
    assert "<mark>" in html


def test_an_empty_box_offers_where_to_begin(client: Client) -> None:
    html = look(client, "")
    assert "Where to begin" in html
    assert "results for" not in html


def test_every_kind_has_its_place_in_one_list(client: Client) -> None:
    kinds = facet(look(client, "patent"), "kind")
    assert {"Lesson plan", "Course", "Campaign", "Topic", "Term of art"} <= set(kinds)


def test_counts_are_what_following_them_shows(client: Client) -> None:
    html = look(client, "patent")
    choices = re.findall(r'<li><a href="(\?[^"]+)"[^>]*><bdi[^>]*>.*?</bdi> <span class="count">(\d+)</span>', html)
    assert len(choices) > 15
    for address, count in choices:
        narrowed = client.get("/en/search/" + unescape(address)).content.decode()
        shown = re.search(r"(\d+) results? for", narrowed)
        assert shown is not None
        assert shown.group(1) == count, address


def test_filters_combine_and_can_be_taken_back(client: Client) -> None:
    html = look(client, "patent", kind="lesson", stage="university")
    assert titles(html)[:2] == ["Keep it or patent it?", "Search before you research"]
    assert len(titles(html)) == 4
    assert "?q=patent&amp;kind=lesson" in html
    assert "?q=patent&amp;stage=university" in html
    assert '<a class="tag" href="?q=patent">Clear all</a>' in html


def test_a_filter_that_leaves_nothing_says_how_to_go_on(client: Client) -> None:
    html = look(client, "patent", kind="course", stage="primary")
    assert "look without filters" in html


def test_results_lead_where_they_say(client: Client) -> None:
    html = look(client, "pencil")
    assert 'href="/en/lessons/primary/ideas-and-inventors/ideas-around-us/pencil-with-an-inventor/"' in html
    assert (
        'href="/fr/lessons/primary/ideas-and-inventors/ideas-around-us/pencil-with-an-inventor/" lang="fr"' in html
    ), "also in other languages"
    assert 'href="/en/topics/trade-secrets/"' in look(client, "trade secrets")


def test_synonyms_are_found_and_marked(client: Client) -> None:
    html = look(client, "trademark")
    assert "A name worth protecting" in titles(html)
    assert "<mark>trade mark</mark>" in html
    assert "著作权" in titles(look(client, "版权", "zh-hans"))
    assert "著作权" in titles(look(client, "版權", "zh-hans"))


def test_quotation_marks_ask_for_a_phrase(client: Client) -> None:
    assert "Keep it or patent it?" in titles(look(client, '"patent it"'))
    assert "No result" not in look(client, "«patent it»")
    assert titles(look(client, '"it patent keep"', kind="lesson")) == []


def test_a_misspelt_word_is_answered_with_what_was_meant(client: Client) -> None:
    html = look(client, "patnet")
    assert "These are the results for “patent”" in html
    assert "Patents" in titles(html)


def test_words_that_never_stand_together_are_answered_one_by_one(client: Client) -> None:
    html = look(client, "pencil trademark vaccine")
    assert "These results have some of them" in html
    assert "The pencil that had an inventor" in titles(html)


def test_only_stop_words_get_a_sentence(client: Client) -> None:
    assert "These words are so common" in look(client, "the of and")
    assert "这些词太常见" in look(client, "的 了", "zh-hans")


def test_nothing_found_helps(client: Client) -> None:
    html = look(client, "xylophonist")
    assert "Nothing was found. It may help to:" in html
    assert "Where to begin" in html


def test_another_language_is_searched_with_its_own_term(client: Client) -> None:
    html = look(client, "trade secrets")
    assert facet(html, "language")["简体中文"] >= 1
    html = client.get("/en/search/", {"q": "trade secrets", "language": "zh-hans"}).content.decode()
    assert 'lang="zh-hans" dir="ltr"' in html
    assert "商业秘密" in html


def test_arabic_results_for_an_english_reader_run_their_own_way(client: Client) -> None:
    html = client.get("/en/search/", {"q": "براءة", "language": "ar"}).content.decode()
    assert '<li class="result" lang="ar" dir="rtl">' in html


def test_pages_of_results_have_addresses(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.search.finding.RESULTS_PER_PAGE", 60)
    everything = titles(look(client, "patent"))
    monkeypatch.setattr("cms.search.finding.RESULTS_PER_PAGE", 3)
    monkeypatch.setattr("cms.search.views.RESULTS_PER_PAGE", 3)
    first = look(client, "patent")
    assert 'rel="next"' in first
    assert titles(first) + titles(look(client, "patent", page="2")) == everything[:6]
    assert titles(look(client, "patent", page="20"))[0] == everything[(len(everything) - 1) // 3 * 3], (
        "beyond the end stands the last page"
    )
    for page in ("0", "-1", "x", "999999", "２"):
        assert client.get("/en/search/", {"q": "patent", "page": page}).status_code == 200


# --- what must not appear -----------------------------------------------------------------------------
def test_drafts_do_not_appear(client: Client, lesson: LessonPlanPage) -> None:
    lesson.unpublish()
    with refreshed():
        assert lesson.title not in titles(look(client, "pencil"))
        assert lesson.title not in client.get("/en/search/completions/", {"q": "penc"}).content.decode()


def test_unpublished_words_of_a_live_page_do_not_appear(client: Client, lesson: LessonPlanPage) -> None:
    lesson.title = "Kookaburra"
    lesson.save_revision()
    with refreshed():
        assert titles(look(client, "kookaburra")) == []


def test_private_pages_and_all_below_them_do_not_appear(client: Client, lesson: LessonPlanPage) -> None:
    PageViewRestriction.objects.create(page=lesson.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    html = look(client, "pencil")
    assert lesson.title not in titles(html)
    assert "Lesson plan" not in facet(html, "kind")
    assert lesson.title not in client.get("/en/search/completions/", {"q": "penc"}).content.decode()


def test_a_private_page_is_not_told_as_a_translation(client: Client, lesson: LessonPlanPage) -> None:
    french = Page.objects.get(slug=lesson.slug, locale__language_code="fr")
    PageViewRestriction.objects.create(page=french, restriction_type=PageViewRestriction.LOGIN)
    french.refresh_from_db()
    assert french.get_url() not in look(client, "pencil").split("<main")[1]


def test_what_went_private_a_moment_ago_is_left_out_although_the_index_still_has_it(
    client: Client, lesson: LessonPlanPage
) -> None:
    Page.objects.filter(pk=lesson.pk).update(live=False)  # past every signal
    assert lesson.title not in titles(look(client, "pencil"))


def test_unpublished_courses_do_not_appear(client: Client) -> None:
    Course.objects.filter(slug="ip-for-leading-cadres").update(is_published=False)
    with override("en"):
        title = str(Course.objects.get(slug="ip-for-leading-cadres"))
    assert title not in titles(look(client, "leading cadres"))


# --- completion, picks, counting ----------------------------------------------------------------------
def test_completions_are_a_fragment_of_links(client: Client) -> None:
    html = client.get("/en/search/completions/", {"q": "pat"}).content.decode()
    assert "<html" not in html
    assert '<a href="/en/topics/patents/">' in html
    assert client.get("/en/search/completions/").content.decode().strip() == ""


@pytest.mark.parametrize(("language", "typed"), [("zh-hans", "商业"), ("zh-hans", "秘"), ("ar", "براء"), ("ru", "пат")])
def test_completions_in_every_script(client: Client, language: str, typed: str) -> None:
    assert "<li>" in client.get(f"/{language}/search/completions/", {"q": typed}).content.decode()


def test_editors_picks_come_first_in_the_readers_language(client: Client, lesson: LessonPlanPage) -> None:
    query = Query.get("homework")
    SearchPromotion.objects.create(query=query, page=lesson, description="Begin here.", sort_order=1)
    SearchPromotion.objects.create(
        query=query, external_link_url="https://example.org/", external_link_text="Elsewhere", sort_order=2
    )
    html = look(client, "Homework")
    assert html.index("Our editors suggest") < html.index("Nothing was found")
    assert "Begin here." in html
    assert "https://example.org/" in html
    assert f"/ideas-around-us/{lesson.slug}/" in look(client, "homework", "fr")
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert "Begin here." not in look(client, "homework")


def test_queries_are_counted_for_editors(client: Client) -> None:
    look(client, "Patent")
    look(client, "patent")
    look(client, "patent", page="2")
    assert Query.get("patent").hits == 2


def test_the_page_stays_within_its_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    look(client, "patent")
    with django_assert_max_num_queries(20):
        look(client, "patent", page="2")  # no counting of the query, which a task does elsewhere


def test_search_engines_are_kept_out_and_posts_refused(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in look(client, "patent")
    assert client.post("/en/search/", {"q": "patent"}).status_code == 405


def test_first_view_needs_no_script_but_one_small_module(client: Client) -> None:
    html = look(client, "patent")
    assert re.findall(r"<script[^>]*src=\"([^\"]+)\"", html) == ["/static/js/search.js"]
    assert "<script>" not in html


# --- another backend ----------------------------------------------------------------------------------
def test_it_works_on_wagtails_own_backend(client: Client, settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    index = get_search_backend("default").get_index_for_model(Page)
    for model in (LessonPlanPage, Course):
        index.add_items(model, list(model.objects.all()))
    html = look(client, "pencil")
    assert "The pencil that had an inventor" in titles(html)
    assert "<mark>pencil</mark>" in html
    assert facet(html, "stage") == {"Primary school": 1}
    assert client.get("/healthz").status_code == 200
    assert client.get("/en/search/completions/", {"q": "penc"}).status_code == 200
