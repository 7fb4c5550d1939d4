"""Selective lists in parts: records by datestamp, each part beginning after the last of the one before."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cms.interop.models import Record
from cms.interop.provider import dates
from cms.interop.provider.arguments import RESUMPTION, Question
from cms.interop.provider.errors import NoRecordsMatch
from cms.interop.provider.formats import format_named
from cms.interop.provider.sets import in_set
from cms.interop.provider.tokens import Place, place_of, token_of

PART = 100
NEXT_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Part:
    """Some records of a list of ``size``, the ``cursor``-th first; ``token`` is empty in the last part."""

    records: list[Record]
    prefix: str
    size: int
    cursor: int
    token: str

    @property
    def is_whole(self) -> bool:
        return not self.cursor and not self.token


def part_of(question: Question) -> Part:
    place = _place(question)
    wanted = _wanted(place)
    rest = wanted
    if place.after:
        last = datetime.fromisoformat(place.after)
        rest = wanted.filter(Q(datestamp__gt=last) | Q(datestamp=last, pk__gt=place.after_pk))
    records = list(rest[: PART + 1])
    if not records and not place.cursor:
        raise NoRecordsMatch("Nothing here matches what was asked for.")
    shown = records[:PART]
    token = _token_after(place, shown) if len(records) > PART else ""
    return Part(shown, place.prefix, wanted.count(), place.cursor, token)


def _place(question: Question) -> Place:
    if token := question.get(RESUMPTION):
        return place_of(token, question.verb)
    start, end = question.get("from"), question.get("until")
    dates.span(start, end)  # first the syntax of all, then whether there is such a format
    in_set(Record.objects.none(), question.get("set"))
    prefix = format_named(question.get("metadataPrefix")).prefix
    return Place(question.verb, prefix, start, end, question.get("set"))


def _wanted(place: Place) -> "QuerySet[Record]":
    first, last = dates.span(place.start, place.end)
    records = in_set(Record.objects.order_by("datestamp", "pk"), place.set)
    if first:
        records = records.filter(datestamp__gte=first)
    return records.filter(datestamp__lt=last + NEXT_SECOND) if last else records


def _token_after(place: Place, shown: list[Record]) -> str:
    last = shown[-1]
    done = place.cursor + len(shown)
    return token_of(replace(place, cursor=done, after=last.datestamp.isoformat(), after_pk=last.pk))
