"""Enterprise guides: every way ends in advice, in every language; nothing is sent; bad ones are refused."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from wagtail import blocks
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.guides.blocks import StepsBlock
from cms.guides.models import GuideIndexPage, GuidePage
from cms.guides.starter import GUIDES
from cms.guides.ways import Node, tree

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def question(key: str, *answers: str) -> dict[str, Any]:
    chosen = [{"text": f"Answer {number}", "leads_to": to} for number, to in enumerate(answers, start=1)]
    return {"type": "question", "value": {"key": key, "question": f"{key}?", "help": "", "answers": chosen}}


def advice(key: str, then: str = "") -> dict[str, Any]:
    value = {"key": key, "title": key.title(), "text": "<p>Do it.</p>", "checklist": ["One"], "links": []}
    return {"type": "advice", "value": value | {"leads_to": then}}


def checked(*steps: dict[str, Any]) -> list[str]:
    """The sentences of the refusal; none where the guide is good."""
    block = StepsBlock()
    try:
        block.clean(block.to_python(list(steps)))
    except blocks.StreamBlockValidationError as error:
        return [message for part in error.block_errors.values() for message in _sentences(part)]
    return []


def _sentences(error: Any) -> list[str]:
    return [message for part in error.block_errors.values() for message in part.messages]


def ends(node: Node) -> list[Node]:
    return [end for _label, branch in node.branches for end in ends(branch)] if node.branches else [node]


def guide(slug: str, language: str) -> GuidePage:
    return GuidePage.objects.get(slug=slug, locale__language_code=language)


# --- the starter --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", GUIDES)
def test_every_way_through_a_guide_of_the_starter_ends_in_advice_with_a_checklist(client, slug, language) -> None:
    page = guide(slug, language)
    first = tree(page.steps)
    assert all(end.kind == "advice" and end.value["checklist"] for end in ends(first))
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    structured = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert structured["@type"] == "HowTo"
    assert structured["inLanguage"].lower() == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_of_a_guide_lead_to_pages_of_the_same_language(client, language) -> None:
    html = client.get(guide("search-before-research", language).url).content.decode()
    own = re.findall(r'class="guide-links">.*?</ul>', html, re.DOTALL)
    paths = {path for links in own for path in re.findall(r'href="(/[^"]+)"', links)}
    assert paths
    for path in paths:
        assert path.startswith(f"/{language}/")
        assert client.get(path).status_code == 200


def test_the_list_of_guides_is_in_the_menu_and_shows_all_five(client) -> None:
    index = GuideIndexPage.objects.get(locale__language_code="fr")
    html = client.get(index.url).content.decode()
    for slug in GUIDES:
        assert guide(slug, "fr").title in html.replace("&#x27;", "'")
    assert index.url in client.get("/fr/").content.decode()


def test_nothing_of_a_guide_can_be_sent(client) -> None:
    """No form, no address that an answer would be a part of, and no cookie."""
    response = client.get(guide("trade-secrets", "en").url)
    main = re.search(r'<div class="guide".*?</main>', response.content.decode(), re.DOTALL)[0]
    assert "<form" not in main
    assert "hx-" not in main
    assert not response.cookies


def test_a_guide_costs_few_queries(client, django_assert_max_num_queries) -> None:
    page = guide("search-before-research", "en")
    client.get(page.url)
    with django_assert_max_num_queries(24):
        client.get(page.url)


# --- what editors may build ---------------------------------------------------------------------------
def test_a_good_guide_is_taken() -> None:
    steps = [question("start", "a", "more"), advice("a", "more"), question("more", "b", "c"), *map(advice, "bc")]
    assert checked(*steps) == []


def test_a_dead_end_is_refused_at_the_step_that_has_it() -> None:
    (message,) = checked(question("start", "a", "nowhere"), advice("a"))
    assert "nowhere" in message
    assert "dead end" in message
    assert "dead end" in checked(question("start", "a", "b"), advice("a", "gone"), advice("b"))[0]


@pytest.mark.parametrize(
    "steps",
    [
        [question("start", "start", "a"), advice("a")],
        [question("start", "a", "b"), advice("a", "start"), advice("b")],
        [question("start", "a", "b"), advice("a", "more"), advice("b"), question("more", "a", "b")],
    ],
)
def test_a_loop_is_refused_and_its_way_is_named(steps) -> None:
    (message,) = checked(*steps)
    assert "circle" in message
    assert "→" in message


def test_a_loop_that_nothing_leads_to_is_refused_too() -> None:
    steps = [question("start", "a", "b"), *map(advice, "ab"), question("x", "y", "a"), question("y", "x", "a")]
    assert "circle" in checked(*steps)[0]


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([advice("a"), question("start", "a", "b"), advice("b")], "begins with a question"),
        ([question("start", "a", "b"), advice("a"), advice("b"), advice("lost")], "Nothing leads"),
        ([question("start", "a", "a"), advice("a"), advice("a")], "another step"),
    ],
)
def test_other_faults_are_named(steps, message) -> None:
    assert message in checked(*steps)[0]


def test_a_guide_that_opens_into_thousands_of_steps_is_refused() -> None:
    levels = [question(f"q{number}", f"q{number + 1}", f"q{number + 1}") for number in range(9)]
    assert "Split it" in checked(*levels, advice("q9"))[0]


def test_keys_have_small_letters_and_answers_are_at_least_two() -> None:
    block = StepsBlock()
    for step in (question("Start!", "a", "b"), question("start", "a")):
        with pytest.raises(blocks.StreamBlockValidationError):
            block.clean(block.to_python([step, advice("a"), advice("b")]))


def test_a_draft_that_cannot_be_opened_is_previewed_without_an_error(rf) -> None:
    page = guide("trade-secrets", "en")
    page.steps = StepsBlock().to_python([question("start", "gone", "gone")])
    assert tree(page.steps) is None
    assert page.get_context(rf.get("/"))["first"] is None


def test_translators_see_the_words_and_not_the_keys() -> None:
    page = Page.objects.get(slug="trade-secrets", locale__language_code="en").specific
    texts = {segment.string.data for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)}
    assert "Could others find it out without you?" in texts
    assert not texts & {"start", "visible", "measures", "not-secret"}
