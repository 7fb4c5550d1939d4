"""The columns of the workbook: their names in every language, and what a cell must be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms.vocabulary.joined import joined
from cms.vocabulary.tongues import codes, tongue_name
from curriculum.degrees.models import DegreeProgramme


class WrongCell(ValueError):
    """What is wrong with a cell, in a sentence."""


@dataclass(frozen=True)
class Column:
    name: str
    label: Any
    read: Callable[[str], Any]
    is_required: bool = False


def _text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise WrongCell(_("It is longer than %(value)s characters.") % {"value": longest})
        return cell

    return read


def _choice(choices: type[TextChoices]) -> Callable[[str], str]:
    """By its value or by its label in any language."""

    def read(cell: str) -> str:
        known: dict[str, str] = {}
        for value in choices.values:
            known[value.casefold()] = known[value.partition("-")[2].casefold() or value] = value
        for code, _name in settings.LANGUAGES:
            with override(code):
                known |= {str(label).casefold(): value for value, label in choices.choices}
        if cell.casefold() not in known:
            offered = ", ".join(str(label) for label in choices.labels)
            raise WrongCell(_("“%(value)s” is none of: %(offered)s.") % {"value": cell, "offered": offered})
        return known[cell.casefold()]

    return read


def _languages(cell: str) -> str:
    by_name = {code: code for code in codes()}
    for language, _name in settings.LANGUAGES:
        with override(language):
            by_name |= {tongue_name(code).casefold(): code for code in codes()}
    found = []
    for part in cell.replace("、", ",").replace(";", ",").replace("،", ",").split(","):
        name = part.strip().casefold()
        if name and name not in by_name:
            raise WrongCell(_("“%(value)s” is no language. Write its name or its code, such as en.") % {"value": part})
        if name:
            found.append(by_name[name])
    return joined(found)


def _months(cell: str) -> int:
    if not cell.isdecimal() or not 1 <= int(cell) <= 120:
        raise WrongCell(_("“%(value)s” is no number of months from 1 to 120.") % {"value": cell})
    return int(cell)


def _money(cell: str) -> Decimal:
    try:
        amount = Decimal(cell.replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        raise WrongCell(_("“%(value)s” is no amount. Write 12000 or 12000.50.") % {"value": cell}) from None
    if not 0 <= amount < 10**8:
        raise WrongCell(_("“%(value)s” is no amount. Write 12000 or 12000.50.") % {"value": cell})
    return amount


def _day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise WrongCell(_("“%(value)s” is no day. Write 2026-03-31.") % {"value": cell}) from None


def columns() -> list[Column]:
    return [
        Column("slug", gettext_lazy("Short name"), _text(80), is_required=True),
        Column("institution", gettext_lazy("Institution"), _text(200), is_required=True),
        *_in_each_language("title", _("Title"), 200),
        Column("kind", gettext_lazy("Kind"), _choice(DegreeProgramme.Kind)),
        Column("level", gettext_lazy("Level"), _choice(DegreeProgramme.Level), is_required=True),
        Column("field_code", gettext_lazy("Field code"), _text(8)),
        Column("mode", gettext_lazy("Form of study"), _choice(DegreeProgramme.Mode)),
        Column("languages", gettext_lazy("Languages of teaching"), _languages),
        Column("months", gettext_lazy("Duration in months"), _months, is_required=True),
        Column("fee", gettext_lazy("Fees for each year"), _money),
        Column("currency", gettext_lazy("Currency"), lambda cell: cell.upper()),
        Column("deadline", gettext_lazy("Deadline for applications"), _day),
        Column("starts_on", gettext_lazy("Begins"), _day),
        Column("accredited_by", gettext_lazy("Accredited by"), _text(200)),
        Column("accredited_from", gettext_lazy("Accredited from"), _day),
        Column("accredited_until", gettext_lazy("Accredited until"), _day),
        Column("website", gettext_lazy("Website"), _text(200)),
        *_in_each_language("summary", _("Summary"), 500),
        *_in_each_language("entry_rules", _("Entry rules"), 1500),
        *_in_each_language("scholarships", _("Scholarships"), 1500),
    ]


def _in_each_language(field: str, label: str, longest: int) -> list[Column]:
    """A column for each language; the title alone is needed, in the site's own language."""
    return [
        Column(
            f"{field}_{code.replace('-', '_')}",
            f"{label} ({name})",
            _text(longest),
            field == "title" and code == settings.LANGUAGE_CODE,
        )
        for code, name in settings.LANGUAGES
    ]


def by_header(header: list[str]) -> Mapping[int, Column]:
    """The column at each place of the header, by its technical name or its label in any language."""
    names: dict[str, Column] = {}
    for column in columns():
        names[column.name] = column
        for code, _name in settings.LANGUAGES:
            with override(code):
                names[str(next(one.label for one in columns() if one.name == column.name)).casefold()] = column
    return {
        place: names[cell.strip().casefold()] for place, cell in enumerate(header) if cell.strip().casefold() in names
    }
