"""The directory's question and its answer: words by search, the rest by what profiles show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelsearch.backends import get_search_backend

from cms.professionals.models import Lecturing, Pool, PoolMember, Profile
from cms.professionals.parts import Part
from cms.search.asking import LONGEST_QUERY, parse
from cms.vocabulary.joined import holding, split
from cms.vocabulary.models import Region, Topic
from cms.vocabulary.sectors import Sector
from cms.vocabulary.tongues import codes, tongue_name

MOST_FOUND = 1000
FACETS = ("topic", "region", "language", "sector", "pool", "teaches")


@dataclass(frozen=True)
class Asked:
    text: str
    filters: Mapping[str, str]

    @classmethod
    def read(cls, parameters: QueryDict) -> "Asked":
        text = " ".join(parameters.get("q", "").replace("\x00", " ")[:LONGEST_QUERY].split())
        given = {name: parameters.get(name, "").replace("\x00", "")[:80] for name in FACETS}
        return cls(text, {name: value for name, value in given.items() if value})

    @cached_property
    def answered_by(self) -> list[UUID]:
        """Whom the words find: asked once for the list and all its facets."""
        results = get_search_backend().search(parse(self.text), Profile.objects.public())
        return [row.pk for row in results[:MOST_FOUND]]


def _by_pool(rows: Any, slug: str) -> Any:
    members = PoolMember.objects.current().filter(pool__slug=slug)
    return rows.showing(Part.POOLS).filter(pk__in=members.values("profile_id"))


# A row is found by nothing that its owner keeps back.
NARROW: dict[str, Callable[[Any, str], Any]] = {
    "topic": lambda rows, value: rows.filter(topics__slug=value),
    "region": lambda rows, value: rows.showing(Part.REGION).filter(region__slug=value),
    "language": lambda rows, value: rows.showing(Part.LANGUAGES).filter(languages__contains=holding(value)),
    "sector": lambda rows, value: rows.showing(Part.SECTORS).filter(sectors__contains=holding(value)),
    "pool": _by_pool,
    "teaches": lambda rows, value: rows.teaching().filter(lecturing__forms__contains=holding(value)),
}


def _rows(asked: Asked, leave_out: str = "") -> Any:
    rows = Profile.objects.public()
    for name, value in asked.filters.items():
        if name != leave_out:
            rows = NARROW[name](rows, value)
    if asked.text:
        rows = rows.filter(pk__in=asked.answered_by)
    return rows


def found_for(asked: Asked) -> Any:
    related = ("names", "topics")
    return _rows(asked).select_related("user", "region").prefetch_related(*related).order_by("-confirmed_at", "pk")


def facets_of(asked: Asked) -> list[dict[str, Any]]:
    """Each facet's values with how many profiles have them, given what is chosen in the others."""
    labels: dict[str, str | Promise] = {
        "topic": _("IP field"),
        "region": _("Region"),
        "language": _("Language"),
        "sector": _("Industry"),
        "pool": _("Talent pool"),
        "teaches": _("Can be asked for"),
    }
    return [
        {"name": name, "label": labels[name], "chosen": asked.filters.get(name, ""), "values": _values(name, asked)}
        for name in FACETS
    ]


def _values(name: str, asked: Asked) -> list[tuple[str, str, int]]:
    rows = _rows(asked, leave_out=name)
    counted = COUNTED[name](rows)
    return sorted((label, value, count) for value, label, count in counted if count)


def _of_topics(rows: Any) -> list[tuple[str, str, int]]:
    names = {topic.slug: str(topic) for topic in Topic.objects.all()}
    return _tallied(rows.values_list("topics__slug", "pk"), names.__getitem__)


def _of_regions(rows: Any) -> list[tuple[str, str, int]]:
    names = {region.slug: str(region) for region in Region.objects.all()}
    return _tallied(rows.showing(Part.REGION).values_list("region__slug", "pk"), names.__getitem__)


def _of_pools(rows: Any) -> list[tuple[str, str, int]]:
    names = {pool.slug: str(pool) for pool in Pool.objects.all()}
    members = PoolMember.objects.current().filter(profile__in=rows.showing(Part.POOLS))
    return _tallied(members.values_list("pool__slug", "profile_id"), names.__getitem__)


def _of_teaching(rows: Any) -> list[tuple[str, str, int]]:
    pairs = (
        (form, pk) for column, pk in rows.teaching().values_list("lecturing__forms", "pk") for form in split(column)
    )
    known = dict(Lecturing.Form.choices)
    return _tallied(((form, pk) for form, pk in pairs if form in known), lambda form: str(known[form]))


def _tallied(pairs: Any, label: Callable[[str], str]) -> list[tuple[str, str, int]]:
    owners: dict[str, set[UUID]] = {}
    for value, pk in pairs:
        if value:
            owners.setdefault(value, set()).add(pk)
    return [(value, label(value), len(pks)) for value, pks in owners.items()]


def _of_column(column: str, part: Part, label: Callable[[str], str], known: Any) -> Callable[[Any], Any]:
    def count(rows: Any) -> list[tuple[str, str, int]]:
        columns = rows.showing(part).values_list(column, "pk")
        return _tallied(((code, pk) for text, pk in columns for code in split(text) if code in known()), label)

    return count


COUNTED: dict[str, Callable[[Any], list[tuple[str, str, int]]]] = {
    "topic": _of_topics,
    "region": _of_regions,
    "language": _of_column("languages", Part.LANGUAGES, tongue_name, codes),
    "sector": _of_column("sectors", Part.SECTORS, lambda code: str(Sector(code).label), lambda: Sector.values),
    "pool": _of_pools,
    "teaches": _of_teaching,
}
