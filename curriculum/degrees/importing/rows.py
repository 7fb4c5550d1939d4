"""From a workbook to drafts: one report for each row, and nothing is published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.tables.reading import Sheet, Unreadable, read
from curriculum.degrees.importing.columns import Column, WrongCell, by_header, columns
from curriculum.degrees.models import DegreeProgramme

MOST_ROWS = 5000


@dataclass
class Report:
    """What becomes of one row: new, changed, unchanged or refused, with the reasons."""

    line: int
    title: str
    outcome: str
    problems: list[str] = field(default_factory=list)


def bring_in(content: bytes, by: User) -> list[Report]:
    """Reads a workbook and keeps each good row as a draft for review; a bad one is named and left out.

    :raises Unreadable: the file cannot be read as a table of degrees at all
    """
    sheet = read(content)
    _refuse_merged(sheet)
    rows = iter(sheet.rows)
    header = [cell.strip() for cell in next(rows, [])]
    places = by_header(header)
    known = {column.name for column in places.values()}
    missing = [str(one.label) for one in columns() if one.is_required and one.name not in known]
    if missing:
        raise Unreadable("column-missing", columns=", ".join(missing))
    institutions = _institutions()
    seen: dict[str, int] = {}
    reports = []
    for line, cells in enumerate(rows, start=2):
        if line > MOST_ROWS:
            raise Unreadable("too-many-rows", most=MOST_ROWS)
        if any(cell.strip() for cell in cells):
            reports.append(_row(line, cells, places, sheet, institutions, seen, by))
    if not reports:
        raise Unreadable("no-rows")
    return reports


def _refuse_merged(sheet: Sheet) -> None:
    """In a merged range only the first cell has a value: which row the others belong to, nobody can tell."""
    if sheet.merged:
        (row, column), (last_row, last_column) = sheet.merged[0]
        place = f"{_letters(column)}{row}:{_letters(last_column)}{last_row}"
        raise Unreadable("merged", place=place, count=len(sheet.merged))


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _institutions() -> dict[str, Organisation | None]:
    """By short name, and by name in any language; None for a name that several have."""
    found: dict[str, Organisation | None] = {}
    for body in Organisation.objects.all():
        names = {getattr(body, f"name_{code.replace('-', '_')}", "") or "" for code, _name in settings.LANGUAGES}
        for name in {name.casefold() for name in names if name}:
            found[name] = None if name in found else body
    found |= {body.slug: body for body in Organisation.objects.all()}
    return found


def _row(
    line: int,
    cells: list[str],
    places: Mapping[int, Column],
    sheet: Sheet,
    institutions: Mapping[str, Organisation | None],
    seen: dict[str, int],
    by: User,
) -> Report:
    values, problems = _values(line, cells, places, sheet)
    title = values.get("title_en") or values.get("slug") or ""
    _check_slug(line, values, seen, problems)
    name = values.pop("institution", "")
    body = institutions.get(name.casefold()) or institutions.get(name)
    if name and body is None:
        problems.append(_("“%(value)s” is no organisation here, or several have the name.") % {"value": name})
    if problems:
        return Report(line, title, "refused", problems)
    return _keep(line, title, values | {"institution": body}, by)


def _values(
    line: int, cells: list[str], places: Mapping[int, Column], sheet: Sheet
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems = []
    for place, column in places.items():
        cell = cells[place].strip() if place < len(cells) else ""
        if (line, place + 1) in sheet.formulas:
            problems.append(
                f"{column.label}: " + _("“%(value)s” is a formula. Put its value into the cell.") % {"value": cell}
            )
        elif not cell:
            if column.is_required:
                problems.append(f"{column.label}: {_('It is missing.')}")
        else:
            try:
                values[column.name] = column.read(cell)
            except WrongCell as wrong:
                problems.append(f"{column.label}: {wrong}")
    return values, problems


def _check_slug(line: int, values: dict[str, Any], seen: dict[str, int], problems: list[str]) -> None:
    slug = values.get("slug", "")
    try:
        validate_slug(slug or "x")
    except ValidationError:
        problems.append(_("Short name: small letters, digits and hyphens only."))
    if slug and slug in seen:
        problems.append(_("The same short name stands in line %(value)s.") % {"value": seen[slug]})
    seen.setdefault(slug, line)


def _keep(line: int, title: str, values: dict[str, Any], by: User) -> Report:
    """Saves the row as a draft; what is public stays as it is until somebody publishes the draft."""
    found = DegreeProgramme.objects.filter(slug=values["slug"]).first()
    draft = found.get_latest_revision_as_object() if found else DegreeProgramme(live=False)
    before = {name: getattr(draft, name) for name in values} if found else {}
    for name, value in values.items():
        setattr(draft, name, value)
    try:
        draft.full_clean(exclude=["latest_revision", "live_revision"])
    except ValidationError as error:
        texts = [text for texts in error.message_dict.values() for text in texts]
        return Report(line, title, "refused", texts)
    if found and before == values:
        return Report(line, title, "unchanged")
    with transaction.atomic():
        if found is None:
            draft.save()
        draft.save_revision(user=by, log_action=True)
    return Report(line, title, "changed" if found else "new")
