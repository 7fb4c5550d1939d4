"""The public search page and what it completes while one types. Thin: parse, find, render."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from modelsearch.backends import get_search_backend

from cms.search import vocabulary
from cms.search.asking import DEEPEST_PAGE, Question, parse
from cms.search.backend import SearchBackend
from cms.search.engine.errors import IndexUnavailable
from cms.search.finding import RESULTS_PER_PAGE, Answer, Finder, complete
from cms.search.kinds import Scope
from cms.search.promotions import note_query, picks_for
from cms.search.showing import shown
from cms.search.spelling import suggestion

MOST_COMPLETIONS = 8
FEW = 3  # results; with fewer, a better spelling is looked for
FACET_LABELS = {
    "kind": pgettext_lazy("search result", "Kind"),
    "topic": _("Topic"),
    "audience": _("Audience"),
    "stage": _("Stage"),
    "year": _("Year"),
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box; what was found, in one list, and every way to go on from there."""
    question = Question.read(request.GET, str(get_language()))
    context: dict[str, Any] = {"question": question}
    if question.text or question.filters:
        context |= _found(request, question)
        if question.text and question.page == 1 and not question.filters:
            note_query(question.text)
    return render(request, "search/search.html", context)


def _found(request: HttpRequest, question: Question) -> dict[str, Any]:
    scope = Scope(request, str(get_language()))
    reply = answered(question, scope)
    answer = reply.answer
    return {
        "answer": answer,
        "note": reply.note,
        "meant": reply.meant,
        "meant_url": _address(question, q=reply.meant or ""),
        "picks": picks_for(question.text, scope),
        "results": shown(answer.results, reply.looked_for, question.language, scope),
        "pages": _pages(answer, question),
        "facets": _facet_links(answer, question),
        "languages": _language_links(answer, question),
        "applied": _applied(answer, question),
        "clear_url": _address(question, **dict.fromkeys(question.filters, "")),
        "is_too_common": question.text and not answer.count and _is_too_common(question),
        "is_out_of_order": not answer.count and is_out_of_order(),
    }


@dataclass(frozen=True)
class Reply:
    """An answer, and how it came about: "respelt" where a better spelling was looked for, "some" where
    nothing had all the words."""

    answer: Answer
    looked_for: str
    note: str = ""
    meant: str | None = None


def answered(question: Question, scope: Scope) -> Reply:
    """What the page answers: the results, or where there are none what may help instead."""
    finder = Finder(question, scope)
    answer = finder.answer()
    if not question.text:
        return Reply(answer, "")
    meant = _meant(question, scope, finder) if answer.count < FEW else None
    if answer.count or question.filters:
        return Reply(answer, question.text, "", meant)
    if meant:
        other = replace(question, text=meant)
        return Reply(Finder(other, scope).answer(), meant, "respelt", meant)
    answer = Finder(question, scope, parse(question.text, operator="or")).answer()
    return Reply(answer, question.text, "some" if answer.count else "")


def _meant(question: Question, scope: Scope, finder: Finder) -> str | None:
    """A better spelling, if it finds something."""
    meant = suggestion(question.text, finder.backend, question.language)
    if meant is None:
        return None
    better = Finder(replace(question, text=meant), scope)
    return meant if better.count() else None


def _is_too_common(question: Question) -> bool:
    return not vocabulary.analysis_of_today(question.language).groups(question.text)


def is_out_of_order() -> bool:
    """Whether nothing was found because there is no index that can be read."""
    backend = get_search_backend()
    try:
        return bool(isinstance(backend, SearchBackend) and not backend.snapshot())
    except IndexUnavailable:
        return True


def _pages(answer: Answer, question: Question) -> Any:
    most = DEEPEST_PAGE * RESULTS_PER_PAGE
    return Paginator(range(min(answer.count, most)), RESULTS_PER_PAGE).get_page(question.page)


# --- links --------------------------------------------------------------------------------------------
def _address(question: Question, **changes: str) -> str:
    """The same question with some values changed; an empty one is left out."""
    language = {} if question.language == get_language() else {"language": question.language}
    values = {"q": question.text} | language | dict(question.filters) | changes
    return "?" + urlencode({name: value for name, value in values.items() if value})


def _facet_links(answer: Answer, question: Question) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": FACET_LABELS[name],
            "choices": [
                {"choice": choice, "url": _address(question, **{name: "" if choice.is_chosen else choice.value})}
                for choice in choices
            ],
        }
        for name, choices in answer.facets.items()
    ]


def _language_links(answer: Answer, question: Question) -> list[dict[str, Any]]:
    return [
        {"choice": choice, "url": _address(question, language="" if choice.value == get_language() else choice.value)}
        for choice in answer.languages
    ]


def _applied(answer: Answer, question: Question) -> list[dict[str, str]]:
    """What narrows the results down, each with the address without it."""
    labels = {
        name: next((choice.label for choice in choices if choice.is_chosen), "")
        for name, choices in answer.facets.items()
    }
    return [
        {"label": labels.get(name) or value, "url": _address(question, **{name: ""})}
        for name, value in question.filters.items()
    ]


# --- completion ---------------------------------------------------------------------------------------
@require_safe
def completions(request: HttpRequest) -> HttpResponse:
    """Titles that go on from what is typed, as a fragment for the box."""
    question = Question.read(request.GET, str(get_language()))
    results = complete(question.text, Scope(request, str(get_language())), MOST_COMPLETIONS) if question.text else []
    titles = [
        {"title": str(result.row), "kind": result.kind.label, "url": result.kind.address(result.row, request)}
        for result in results
    ]
    return render(request, "search/completions.html", {"titles": titles})
