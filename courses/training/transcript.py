"""A learner's transcript: every line of the ledger, by year, on the page and on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext

from cms.accounts.models import User
from cms.typeset.api import render_pdf, typst_language
from courses.catalogue.api import credit_hours_text
from courses.credentials.models import CreditEntry

TEMPLATE = Path(__file__).with_name("typst") / "transcript.typ"


@dataclass(frozen=True)
class Year:
    """The lines of a calendar year, and what they come to."""

    year: int
    entries: list[CreditEntry]

    @property
    def hours(self) -> Decimal:
        return sum((entry.hours for entry in self.entries), Decimal(0))


def years_of(entries: Iterable[CreditEntry]) -> list[Year]:
    """The newest year first; within it, the newest line first."""
    return [Year(year, list(lines)) for year, lines in groupby(entries, key=lambda entry: entry.earned_on.year)]


def lines_of(person: User) -> Iterable[CreditEntry]:
    return (
        CreditEntry.objects.of(person)
        .select_related("organisation", "certificate", "author", "plan")
        .order_by("-earned_on", "-pk")
    )


def transcript_pdf(person: User) -> bytes:
    """The transcript in the current language as a tagged PDF. Raises ``TypesettingError``."""
    language, now = get_language() or "en", timezone.now()
    years = years_of(lines_of(person))
    data: dict[str, Any] = {
        "lang": typst_language(language),
        "title": gettext("Training transcript"),
        "author": "Imprint",
        "name": person.name or person.email,
        "as_of": gettext("As of %(day)s") % {"day": date_format(timezone.localdate(now), "DATE_FORMAT")},
        "total": credit_hours_text(sum((year.hours for year in years), Decimal(0))),
        "header": [
            gettext("Date"),
            gettext("What"),
            gettext("Source"),
            gettext("Hours"),
            gettext("Certificate number"),
        ],
        "years": [
            {
                "year": str(year.year),
                "hours": credit_hours_text(year.hours),
                "rows": [_row(entry, language) for entry in year.entries],
            }
            for year in years
        ],
        "empty": gettext("Nothing was entered yet."),
    }
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return render_pdf(TEMPLATE, data, when=day)


def _row(entry: CreditEntry, language: str) -> list[str]:
    what = entry.title(language) or entry.reason
    if entry.title(language) and entry.reason:
        what = f"{what}\n{entry.reason}"
    return [
        date_format(entry.earned_on, "SHORT_DATE_FORMAT"),
        what,
        entry.get_source_display(),
        number_format(entry.hours.normalize(), use_l10n=True),
        entry.certificate.printed_code if entry.certificate else "",
    ]
