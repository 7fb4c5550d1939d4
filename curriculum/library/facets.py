"""By what lessons are found: what each facet asks of a lesson, and how many lessons have each value."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, Q, Value
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from cms.search.counting import counts_of
from cms.vocabulary.api import terms_in
from cms.vocabulary.models import Licence, Topic
from curriculum.plans.models import (
    ActivityType,
    Competence,
    MaterialType,
    Stage,
    Subject,
    TeachingStrategy,
)
from curriculum.plans.models.lessons import SEPARATOR
from curriculum.plans.search import LESSON_PLAN

GRADES = range(1, 13)
# Minutes from and to; a lesson longer than the last band's start is in it.
DURATIONS = {"20": (1, 20), "40": (21, 40), "60": (41, 60), "longer": (61, 10_000)}


@dataclass(frozen=True)
class Option:
    """One value of a facet; ``below`` is the value it is a part of."""

    value: str
    label: str
    below: str = ""


Options = Mapping[str, list[Option]]


@dataclass(frozen=True)
class Facet:
    """One facet of the library.

    ``condition`` says what lessons with one of the values have; ``count`` how many of a search's results
    have each value; ``options`` are the values where they are not records of ``model``.
    """

    name: str
    label: str | Promise
    condition: Callable[[Iterable[str]], Q]
    count: Callable[[Any], dict[str, int]]
    model: type[Model] | None = None
    options: Callable[[], list[Option]] = field(default=list)


def _of_path(name: str, path: str) -> tuple[Callable[[Iterable[str]], Q], Callable[[Any], dict[str, int]]]:
    """Condition and counts of a facet whose values stand in a column of the index."""
    return (
        lambda values: Q(**{f"{path}__in": list(values)}),
        lambda results: dict(counts_of(LESSON_PLAN, name, results).values),
    )


def _terms(name: str, label: Promise, model: type[Model]) -> Facet:
    condition, count = _of_path(name, LESSON_PLAN.facets[name])
    return Facet(name, label, condition, count, model)


def _choices(choices: type[Any]) -> Callable[[], list[Option]]:
    return lambda: [Option(value, str(label)) for value, label in choices.choices]


def _any(conditions: Iterable[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


# --- grades -------------------------------------------------------------------------------------------
def _in_grades(values: Iterable[str]) -> Q:
    return _any(Q(grade_from__lte=int(value), grade_to__gte=int(value)) for value in values)


def _count_grades(results: Any) -> dict[str, int]:
    """Lessons that have begun by a grade, less those that have ended before it."""
    first, last = (_by_number(name, results) for name in ("grade_from", "grade_to"))
    begun = {grade: sum(count for start, count in first.items() if start <= grade) for grade in GRADES}
    ended = {grade: sum(count for end, count in last.items() if end < grade) for grade in GRADES}
    return {str(grade): begun[grade] - ended[grade] for grade in GRADES}


def _by_number(name: str, results: Any) -> dict[int, int]:
    return {int(value): count for value, count in counts_of(LESSON_PLAN, name, results).values.items()}


def _grade_options() -> list[Option]:
    return [Option(str(grade), str(grade)) for grade in GRADES]


# --- minutes ------------------------------------------------------------------------------------------
def _in_durations(values: Iterable[str]) -> Q:
    return _any(Q(minutes__gte=DURATIONS[value][0], minutes__lte=DURATIONS[value][1]) for value in values)


def _count_durations(results: Any) -> dict[str, int]:
    minutes = _by_number("minutes", results)
    return {
        value: sum(count for number, count in minutes.items() if start <= number <= end)
        for value, (start, end) in DURATIONS.items()
    }


def _duration_options() -> list[Option]:
    labels = []
    for value, (start, end) in DURATIONS.items():
        if start == 1:
            label = ngettext("up to %(end)d minute", "up to %(end)d minutes", end) % {"end": end}
        elif value == "longer":
            label = ngettext("%(start)d minute or more", "%(start)d minutes or more", start) % {"start": start}
        else:
            label = ngettext("%(start)d–%(end)d minute", "%(start)d–%(end)d minutes", end) % {
                "start": start,
                "end": end,
            }
        labels.append(Option(value, label))
    return labels


# --- materials ----------------------------------------------------------------------------------------
def _with_materials(values: Iterable[str]) -> Q:
    return _any(Q(material_types__contains=f"{SEPARATOR}{value}{SEPARATOR}") for value in values)


def _count_materials(results: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for together, count in counts_of(LESSON_PLAN, "material", results).values.items():
        for value in filter(None, together.split(SEPARATOR)):
            counts[value] = counts.get(value, 0) + count
    return counts


FACETS = [
    Facet("stage", _("Stage"), *_of_path("stage", "stage"), options=_choices(Stage)),
    Facet("grade", _("Grade"), _in_grades, _count_grades, options=_grade_options),
    _terms("subject", _("Subject"), Subject),
    _terms("topic", _("Topic"), Topic),
    Facet("duration", _("Time"), _in_durations, _count_durations, options=_duration_options),
    _terms("activity", _("Kind of activity"), ActivityType),
    _terms("strategy", _("Teaching strategy"), TeachingStrategy),
    _terms("competence", _("Competence"), Competence),
    Facet("material", _("Material"), _with_materials, _count_materials, options=_choices(MaterialType)),
    _terms("licence", _("Licence"), Licence),
]


def options_of_today() -> Options:
    """Every facet's values in the order of the vocabulary, labelled in the active language: one query."""
    found: dict[str, list[Option]] = {facet.name: facet.options() for facet in FACETS}
    queries = [_rows(facet.name, facet.model) for facet in FACETS if facet.model is not None]
    rows = queries[0].union(*queries[1:], all=True)
    for name, _order, slug, title, code, below in sorted(rows, key=lambda row: row[:3]):
        found[name].append(Option(slug, f"{code} {title or slug}".strip(), below or ""))
    return found


def _rows(name: str, model: type[Model]) -> Any:
    code = F("code") if model is Competence else Value("")
    below = F("broader__slug") if model is Topic else Value("")
    terms = terms_in(model, get_language() or "en").annotate(facet_name=Value(name), shown_code=code, below=below)
    return terms.values_list("facet_name", "sort_order", "slug", "label", "shown_code", "below")


def with_narrower(values: Iterable[str], options: list[Option]) -> list[str]:
    """The values and all that are a part of them: who asks for industrial property asks for patents, too."""
    wanted = list(dict.fromkeys(values))
    for value in wanted:
        wanted.extend(option.value for option in options if option.below == value and option.value not in wanted)
    return wanted
