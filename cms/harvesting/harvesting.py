"""One look into a source, from its first answer to its last; what came before it broke off is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.harvesting.answers import Answer, Found, Identity, answer_of, identity_of
from cms.harvesting.errors import HarvestError
from cms.harvesting.fetching import Fetcher
from cms.harvesting.models import ExternalItem, Harvest, Source
from cms.harvesting.subjects import Topics
from cms.vocabulary.models import Topic

PREFIX = "oai_dc"
MOST_REQUESTS = 20_000
LONGEST = timedelta(hours=2)
OVERLAP = timedelta(days=1)  # read twice rather than missed: taking an item twice changes nothing
MOST_NOTES = 50
COUNTS = ("requests", "received", "added", "changed", "taken_down", "refused")
FEW = 20  # below it, a source may well have lost more than half of its items


@dataclass
class Taken:
    """What has come so far."""

    names: set[str] = field(default_factory=set)
    tokens: set[str] = field(default_factory=set)
    topics: Topics = field(default_factory=Topics)
    wrong_dates: int = 0
    responded_at: datetime | None = None


def harvest(run: Harvest, get: Callable[[dict[str, str]], bytes] | None = None, *, force: bool = False) -> None:
    """Takes what is new in a source.

    ``force`` takes down what is missing in a whole list, however much it is.

    :raises HarvestError: it could not be brought to its end
    """
    source, began = run.source, timezone.now()
    get = get or Fetcher(source.base_url).get
    identity = identity_of(_asked(run, get, {"verb": "Identify"}))
    start = "" if identity.forgets_deleted else source.next_from
    Harvest.objects.filter(pk=run.pk).update(asked_from=start)
    taken = Taken()
    arguments = {"verb": "ListRecords", "metadataPrefix": PREFIX}
    arguments |= {"from": start} if start else {}
    arguments |= {"set": source.set_spec} if source.set_spec else {}
    while True:
        answer = answer_of(_asked(run, get, arguments), timezone.now())
        _take(run, answer, taken)
        if not answer.token:
            break
        _check_going_on(run, answer.token, taken, began)
        arguments = {"verb": "ListRecords", "resumptionToken": answer.token}
    if not start:
        _take_down_missing(run, taken, force)
    _note_dates(run, taken, began)
    source.next_from = _next_from(identity, taken, began)
    source.save(update_fields=["next_from"])
    run.finish()


def _asked(run: Harvest, get: Callable[[dict[str, str]], bytes], arguments: dict[str, str]) -> bytes:
    _count(run, requests=1)
    _show(run)
    return get(arguments)


def _check_going_on(run: Harvest, token: str, taken: Taken, began: datetime) -> None:
    if token in taken.tokens:
        raise HarvestError(_("The source gave the same resumption token twice: its list has no end."))
    taken.tokens.add(token)
    if run.requests >= MOST_REQUESTS or timezone.now() - began > LONGEST:
        raise HarvestError(_("The list of the source goes on and on. It was broken off; what came is kept."))


def _take(run: Harvest, answer: Answer, taken: Taken) -> None:
    """Takes one part of the list: all of it, or, if something breaks, none."""
    taken.responded_at = taken.responded_at or answer.responded_at
    before = len(taken.names)
    with transaction.atomic():
        known = ExternalItem.objects.filter(
            source=run.source, identifier__in=[found.identifier for found in answer.records]
        )
        by_name = {item.identifier: item for item in known.prefetch_related("topics")}
        for found in answer.records:
            taken.wrong_dates += found.has_wrong_date
            if found.problem:
                _refuse(run, found)
                continue
            taken.names.add(found.identifier)
            item = by_name.get(found.identifier)
            if found.is_deleted:
                _take_down(run, item)
            else:
                item = by_name[found.identifier] = _keep(run, found, item)
                _sort(item, taken.topics.of(run.source, item.subjects))
        _count(run, received=len(answer.records))
    _show(run, done=run.received, total=max(answer.size, run.received, 1), changed_at=timezone.now())
    if answer.token and answer.records and len(taken.names) == before:
        raise HarvestError(_("The source sends the same records again and again: its list has no end."))


def _refuse(run: Harvest, found: Found) -> None:
    _count(run, refused=1)
    _note(run, found.problem)


def _keep(run: Harvest, found: Found, item: ExternalItem | None) -> ExternalItem:
    now = timezone.now()
    if item is None:
        _count(run, added=1)
        shown = run.source.is_active
        return ExternalItem.objects.create(
            source=run.source, identifier=found.identifier, is_shown=shown, **found.values
        )
    values = found.values | {"is_deleted": False, "is_shown": run.source.is_active}
    if any(getattr(item, name) != value for name, value in values.items()):
        _count(run, changed=1)
        for name, value in values.items():
            setattr(item, name, value)
        item.changed_at = now
        item.save()
    return item


def _sort(item: ExternalItem, topics: set[Topic]) -> None:
    """Also of an unchanged item: what a subject stands for may have been mended since."""
    if set(item.topics.all()) != topics:
        item.topics.set(topics)


def _take_down(run: Harvest, item: ExternalItem | None) -> None:
    if item is not None and not item.is_deleted:
        _count(run, taken_down=1)
        item.is_deleted, item.is_shown, item.changed_at = True, False, timezone.now()
        item.save()


def _take_down_missing(run: Harvest, taken: Taken, force: bool) -> None:
    """After a whole list: what is no longer in it is gone. A list that lost most of its items is not believed."""
    held = ExternalItem.objects.filter(source=run.source, is_deleted=False)
    count = held.count()
    missing = [item for item in held.iterator() if item.identifier not in taken.names]
    if not force and count >= FEW and len(missing) * 2 > count:
        message = _(
            "%(missing)d of %(count)d items are no longer in the source’s list. They were left as they are; "
            "look at the source, then harvest anew and confirm it."
        )
        raise HarvestError(message % {"missing": len(missing), "count": count})
    for item in missing:
        _take_down(run, item)
    _show(run)


def _note_dates(run: Harvest, taken: Taken, began: datetime) -> None:
    if taken.wrong_dates:
        text = ngettext(
            "%(count)d record had a date that cannot be. It was taken, its date was not believed.",
            "%(count)d records had dates that cannot be. They were taken, their dates were not believed.",
            taken.wrong_dates,
        )
        _note(run, text % {"count": taken.wrong_dates})
    if taken.responded_at and abs(taken.responded_at - began) > OVERLAP:
        _note(run, _("The clock of the source is wrong by more than a day. Our own is used instead."))


def _next_from(identity: Identity, taken: Taken, began: datetime) -> str:
    """Where the next look begins: a day before this one, by the earlier of the two clocks, if they agree at all."""
    moment = began
    if taken.responded_at and abs(taken.responded_at - began) <= OVERLAP:
        moment = min(began, taken.responded_at)
    moment -= OVERLAP
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if identity.has_seconds else f"{moment:%Y-%m-%d}"


def _note(run: Harvest, text: str) -> None:
    if len(run.notes) < MOST_NOTES:
        run.notes.append(text)
        Harvest.objects.filter(pk=run.pk).update(notes=run.notes)


def _count(run: Harvest, **more: int) -> None:
    """Counts; ``_show`` tells those who watch, once a part."""
    for name, number in more.items():
        setattr(run, name, getattr(run, name) + number)


def _show(run: Harvest, **more: Any) -> None:
    counts = {name: getattr(run, name) for name in COUNTS}
    Harvest.objects.filter(pk=run.pk).update(**counts, **more)


def due(now: datetime) -> list[Source]:
    """Active sources that were not looked into for as long as they say, and are not being looked into."""
    found = []
    for source in Source.objects.filter(is_active=True):
        last = source.last_harvest
        if last is None or (
            now - last.created_at >= timedelta(hours=source.hours_between) and (not last.is_going_on or last.is_stuck)
        ):
            found.append(source)
    return found
