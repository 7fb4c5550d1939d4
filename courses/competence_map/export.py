"""A person's map for a title evaluation: on paper, and as rows."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from cms.accounts.models import User
from cms.typeset.api import render_pdf, typst_language
from courses.catalogue.api import credit_hours_text
from courses.competence_map.mapping import Cell, Map
from courses.training.transcript import lines_of, years_of

TEMPLATE = Path(__file__).with_name("typst") / "map.typ"


def header() -> list[str]:
    return [
        gettext("Competence"),
        gettext("Level"),
        gettext("Reached"),
        gettext("Shown by"),
        gettext("Date"),
        gettext("Certificate number"),
    ]


def rows(found: Map) -> Iterator[list[str]]:
    """A line for each thing that shows a competence, and one for each cell that nothing shows."""
    for competence, cells in found.rows:
        for cell in cells:
            start = [str(competence), str(cell.level), reached_text(cell)]
            for shown in cell.shown:
                yield [*start, shown.title, shown.day.isoformat(), shown.code]
            if not cell.shown:
                yield [*start, "", "", ""]


def reached_text(cell: Cell) -> str:
    if cell.shown:
        return gettext("shown")
    return gettext("shown at a higher level") if cell.is_implied else gettext("not shown yet")


def level_text(found: Map) -> str:
    if found.level is None:
        return gettext("No level is reached in all competences yet.")
    return gettext("Reached in all competences: %(level)s") % {"level": found.level}


def map_pdf(person: User, found: Map) -> bytes:
    """The map with its indicators, evidence and hours by year, as a tagged PDF. Raises ``TypesettingError``."""
    now = timezone.now()
    years = years_of(lines_of(person))
    data: dict[str, Any] = {
        "lang": typst_language(get_language() or "en"),
        "title": gettext("Competence map"),
        "author": "Imprint",
        "name": person.name or person.email,
        "framework": str(found.framework),
        "as_of": gettext("As of %(day)s") % {"day": date_format(timezone.localdate(now), "DATE_FORMAT")},
        "level": level_text(found),
        "competences": [{"title": str(one), "cells": [_cell(cell) for cell in cells]} for one, cells in found.rows],
        "hours_title": gettext("Credit hours by year"),
        "hours": [[str(year.year), credit_hours_text(year.hours)] for year in years],
        "total": credit_hours_text(sum((year.hours for year in years), Decimal(0))),
    }
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return render_pdf(TEMPLATE, data, when=day)


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "level": str(cell.level),
        "state": reached_text(cell),
        "is_reached": cell.is_reached,
        "indicators": cell.descriptor.indicator_list,
        "shown": [
            " · ".join(filter(None, [one.title, date_format(one.day, "DATE_FORMAT"), one.code])) for one in cell.shown
        ],
    }
