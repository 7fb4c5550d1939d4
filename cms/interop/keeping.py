"""Keeping the records true: what became public, changed or was taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.interop.models import Record
from cms.interop.works import WorkKind, kind_of, kinds

BATCH = 500


def refresh(now: datetime | None = None) -> int:
    """Looks at everything that may be public; returns how many records changed. Doing it again changes nothing."""
    changed = 0
    for kind in kinds():
        known = Record.objects.filter(kind=kind.slug)
        changed += _bring_up_to_date(kind, kind.public().iterator(chunk_size=BATCH), known, now)
    return changed


def refresh_rows(kind: WorkKind, pks: Iterable[Any], names: Iterable[str], now: datetime | None = None) -> int:
    """The same for some rows: ``names`` are those of rows that may be gone."""
    keys = [f"{kind.slug}/{name}/{code}" for name in names for code, _language in settings.LANGUAGES]
    rows = kind.public().filter(pk__in=list(pks))
    return _bring_up_to_date(kind, rows, Record.objects.filter(key__in=keys), now)


def refresh_pages(pages: Iterable[Page], now: datetime | None = None) -> int:
    """The same for some pages, each with its translations."""
    by_kind: dict[str, tuple[WorkKind, set[str]]] = {}
    for page in pages:
        kind = kind_of(page.specific_class) if page.specific_class else None
        if kind:
            by_kind.setdefault(kind.slug, (kind, set()))[1].add(str(page.translation_key))
    changed = 0
    for kind, keys in by_kind.values():
        for some in _parts(sorted(keys)):
            pks = kind.model.objects.filter(translation_key__in=some).values_list("pk", flat=True)
            changed += refresh_rows(kind, pks, some, now)
    return changed


def _parts(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


@transaction.atomic
def _bring_up_to_date(kind: WorkKind, rows: Iterable[Any], known: Any, now: datetime | None) -> int:
    stamp = (now or timezone.now()).replace(microsecond=0)
    before = {record.key: record for record in known}
    new, changed = [], []
    for row in rows:
        for language, work in kind.describe(row):
            key, value = kind.key(row, language), _as_json(work)
            record = before.pop(key, None)
            if record is None:
                new.append(
                    Record(key=key, kind=kind.slug, wing=kind.wing, language=language, datestamp=stamp, work=value)
                )
            elif record.is_deleted or record.work != value:
                record.work, record.is_deleted, record.datestamp = value, False, stamp
                changed.append(record)
    for record in before.values():
        if not record.is_deleted:
            record.is_deleted, record.datestamp = True, stamp
            changed.append(record)
    Record.objects.bulk_create(new, batch_size=BATCH)
    Record.objects.bulk_update(changed, ["work", "is_deleted", "datestamp"], batch_size=BATCH)
    return len(new) + len(changed)


def _as_json(work: Any) -> dict[str, Any]:
    """The work as the database gives it back: JSON knows lists, not tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(work).items()}
