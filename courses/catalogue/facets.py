"""By what courses are found: each state of the list has an address, and each value says how many courses it leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.models import Audience, Topic
from courses.catalogue.models import Course

# Credit hours from and below.
HOURS = {"1": (0, 1.01), "3": (1.01, 3.01), "more": (3.01, 1000)}
HOURS_LABELS = {"1": _("up to 1 hour"), "3": _("1 to 3 hours"), "more": _("more than 3 hours")}


@dataclass(frozen=True)
class Facet:
    """One facet: what it is called, its values with their names, and what courses with a value have."""

    name: str
    label: str | Promise
    values: Callable[[], list[tuple[str, str]]]
    has: Callable[[Course, str], bool]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool
    url: str


def _terms(model: Any) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [(term.slug, str(term)) for term in model.objects.order_by("slug")]


def _has_hours(course: Course, value: str) -> bool:
    start, end = HOURS[value]
    return start <= course.credit_hours < end


FACETS = (
    Facet("topic", _("Topic"), _terms(Topic), lambda course, value: value in _slugs(course.topics)),
    Facet("audience", _("For whom"), _terms(Audience), lambda course, value: value in _slugs(course.audiences)),
    Facet(
        "hours", _("Credit hours"), lambda: [(value, str(label)) for value, label in HOURS_LABELS.items()], _has_hours
    ),
    Facet("level", _("Level"), lambda: list(_levels()), lambda course, value: course.level == value),
    Facet(
        "language", _("Language"), lambda: list(settings.LANGUAGES), lambda course, value: value in course.languages()
    ),
)


def _levels() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Course.Level.choices]


def _slugs(terms: Any) -> set[str]:
    return {term.slug for term in terms.all()}


@dataclass(frozen=True)
class Answer:
    """The courses that fit, the facets with their counts, and what was asked that no facet knows."""

    courses: list[Course]
    facets: list[tuple[Facet, list[Choice]]]
    unknown: list[str]
    is_filtered: bool


def answer(request: HttpRequest, courses: list[Course]) -> Answer:
    """What the address asks of the courses on offer: a few hundred at most, with topics and audiences at hand."""
    wanted, unknown = _asked(request.GET)
    text = request.GET.get("q", "").strip().casefold()
    if text:
        courses = [course for course in courses if _speaks_of(course, text)]
    fitting = [course for course in courses if _fits(course, wanted)]
    facets = [(facet, _choices(facet, courses, wanted, request.GET)) for facet in FACETS]
    return Answer(fitting, facets, unknown, bool(wanted or text))


def _asked(query: QueryDict) -> tuple[dict[str, str], list[str]]:
    wanted, unknown = {}, []
    for facet in FACETS:
        value = query.get(facet.name)
        if value and value in dict(facet.values()):
            wanted[facet.name] = value
        elif value:
            unknown.append(value)
    return wanted, unknown


def _fits(course: Course, wanted: dict[str, str], but: str = "") -> bool:
    return all(facet.has(course, wanted[facet.name]) for facet in FACETS if facet.name in wanted and facet.name != but)


def _speaks_of(course: Course, text: str) -> bool:
    words = f"{course.title} {course.summary} {course.outcomes}".casefold()
    return all(word in words for word in text.split())


def _choices(facet: Facet, courses: list[Course], wanted: dict[str, str], query: QueryDict) -> list[Choice]:
    """The values of a facet with the number of courses each leaves, given the other facets; none that leave nothing."""
    others = [course for course in courses if _fits(course, wanted, but=facet.name)]
    found = []
    for value, label in facet.values():
        count = sum(facet.has(course, value) for course in others)
        is_chosen = wanted.get(facet.name) == value
        if count or is_chosen:
            found.append(Choice(value, label, count, is_chosen, _url(query, facet.name, "" if is_chosen else value)))
    return found


def _url(query: QueryDict, name: str, value: str) -> str:
    address = query.copy()
    address.pop("page", None)
    address.pop(name, None)
    if value:
        address[name] = value
    return f"?{address.urlencode()}"
