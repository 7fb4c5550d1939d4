"""The five guides of the starter, in every language: ``item.yaml`` has the ways, each language file the words."""

from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.guides.models import GuideIndexPage, GuidePage
from cms.languages.starter import publish, stream
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, read, read_languages
from cms.vocabulary.models import Audience, StrategyMeasure, Topic

FOLDER = Path(__file__).parent
GUIDES = ["search-before-research", "trade-secrets", "brand-abroad", "infringement-letter", "ip-management-audit"]


def load() -> None:
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    index = publish(home, GuideIndexPage, "guides", read_languages(FOLDER / "index"), _index_fields)
    for slug in GUIDES:
        _load_guide(index, slug)


def _index_fields(texts: Texts) -> dict[str, Any]:
    return {"title": texts["title"], "summary": texts["summary"], "show_in_menus": True}


def _load_guide(index: Page, slug: str) -> None:
    item = read(FOLDER / slug / "item.yaml")

    def fields(texts: Texts) -> dict[str, Any]:
        steps = [_step(slug, key, ways, texts[key]) for key, ways in item["steps"].items()]
        return {"title": texts["title"], "summary": texts["summary"], "steps": stream(f"{slug}/steps", *steps)}

    related = {
        "topics": Topic.objects.filter(slug__in=item["topics"]),
        "audiences": Audience.objects.filter(slug__in=item["audiences"]),
        "measures": StrategyMeasure.objects.filter(slug__in=item["measures"]),
    }
    publish(index, GuidePage, slug, read_languages(FOLDER / slug), fields, related)


def _step(slug: str, key: str, ways: dict[str, Any], texts: Texts) -> tuple[str, dict[str, Any]]:
    place = f"{slug}/{key}"
    if "answers" in ways:
        answers = [
            {"text": text, "leads_to": following}
            for text, following in zip(texts["answers"], ways["answers"], strict=True)
        ]
        question = {"key": key, "question": texts["question"], "help": texts.get("help", "")}
        return "question", question | {"answers": _items(f"{place}/answers", answers)}
    titles = iter(texts.get("links", []))
    links = [_link(target, titles) for target in ways.get("links", [])]
    advice = {"key": key, "title": texts["title"], "text": f"<p>{texts['text']}</p>"}
    return "advice", advice | {
        "checklist": _items(f"{place}/checklist", texts["do"]),
        "links": _items(f"{place}/links", links),
        "leads_to": ways.get("then", ""),
    }


def _link(target: list[str], titles: Any) -> dict[str, Any]:
    """A page has its own title in every language; other addresses take the next one of the language's file."""
    link: dict[str, Any] = {"title": "", "page": None, "path": "", "url": ""}
    if target[0] == "page":
        page = Page.objects.get(slug=target[1], locale__language_code="en")
        return link | {"page": page.pk}
    if target[0] == "path":
        return link | {"title": next(titles), "path": target[1]}
    return link | {"title": next(titles), "url": target[0]}


def _items(place: str, values: list[Any]) -> list[dict[str, Any]]:
    return stream(place, *(("item", value) for value in values))
