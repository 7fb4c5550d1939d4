"""The monthly summary: what runs, what is done, what is late; as PDF and XLSX, in any language."""

import calendar
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.coordination.models import WorkItem, WorkItemQuerySet
from cms.tables.workbook import Row
from cms.typeset.api import render_pdf, typst_language

TEMPLATE = Path(__file__).parent / "typst" / "summary.typ"


def title_of(year: int, month: int) -> str:
    return _("Work plan: %(month)s %(year)d") % {"month": MONTHS[month], "year": year}


def header() -> list[str]:
    return [
        *(_("Measure"), _("Item"), _("Lead body"), _("Co-lead bodies"), _("First day"), _("Last day")),
        *(_("Regions"), _("Audiences"), _("Status"), _("What was done"), _("Evidence")),
    ]


def rows(items: WorkItemQuerySet, year: int, month: int) -> list[Row]:
    """One row an item, by measure; what was done is what was said in the month."""
    found = items.in_month(year, month).with_related().prefetch_related("progress")
    ordered = sorted(found, key=lambda item: (item.measure.sort_order, item.starts_on, str(item.pk)))
    return [_row(item, year, month) for item in ordered]


def _row(item: WorkItem, year: int, month: int) -> list[str]:
    comma = _(", ")
    said = [one.note for one in item.progress.all() if one.note and (one.at.year, one.at.month) == (year, month)]
    status = (
        _("%(status)s, late") % {"status": item.get_status_display()} if item.is_late else item.get_status_display()
    )
    return [
        str(item.measure),
        str(item),
        str(item.lead),
        comma.join(map(str, item.co_leads.all())),
        date_format(item.starts_on, "DATE_FORMAT"),
        date_format(item.ends_on, "DATE_FORMAT"),
        comma.join(map(str, item.regions.all())) or _("whole country"),
        comma.join(map(str, item.audiences.all())) or _("everybody"),
        status,
        "\n".join(said),
        "\n".join(f"{one.label} {one.address_in(get_language() or 'en')}" for one in item.evidence.all()),
    ]


def as_pdf(items: WorkItemQuerySet, year: int, month: int) -> bytes:
    """The summary as a tagged PDF. Raises ``TypesettingError``."""
    found = rows(items, year, month)
    last_day = calendar.monthrange(year, month)[1]
    when = datetime(year, month, last_day, tzinfo=timezone.get_default_timezone())
    data: dict[str, Any] = {
        "lang": typst_language(get_language() or "en"),
        "title": title_of(year, month),
        "author": "Imprint",
        "header": header(),
        "rows": found,
        "totals": _totals(items, year, month),
        "empty": _("Nothing is planned for this month."),
    }
    return render_pdf(TEMPLATE, data, when=when)


def _totals(items: WorkItemQuerySet, year: int, month: int) -> list[list[str]]:
    statuses = list(items.in_month(year, month).values_list("status", flat=True))
    return [[str(label), str(statuses.count(value))] for value, label in WorkItem.Status.choices]
