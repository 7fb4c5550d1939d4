"""What a roster would change: row by row against what is stored, and who is not in it any more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cms.directory.models import Organisation
from cms.tables.reading import Sheet, Unreadable
from cms.vocabulary.models import LANGUAGE_COLUMNS, Audience
from courses.rosters.columns import Header, read_header
from courses.rosters.people import People

NEW, CHANGED, UNCHANGED, LEAVING, ERROR = KINDS = ("new", "changed", "unchanged", "leaving", "error")
LENGTHS = {"number": 40, "name": 200, "email": 254, "post": 120, "grade": 60}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%Y年%m月%d日", "%Y%m%d")


@dataclass
class Problem:
    """What is wrong in a cell: a code for the sentence, and what fills it."""

    column: str
    code: str
    value: str = ""


@dataclass
class Row:
    """One line of the file, or one person who is not in it. ``differences`` are field, before, after."""

    line: int
    kind: str = NEW
    values: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    user: int | None = None
    membership: int | None = None
    unit: int | None = None
    audience: int | None = None
    starts_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """What the preview shows."""
        return {
            "line": self.line,
            "values": self.values,
            "problems": [asdict(problem) for problem in self.problems],
            "differences": self.differences,
        }


def check(sheet: Sheet, organisation: Organisation, today: date, *, is_whole: bool = False) -> Iterator[Row]:
    """Every row with its kind; at the end those who leave. Raises ``Unreadable`` for what is no roster."""
    header_row = next(sheet.rows, None)
    if header_row is None:
        raise Unreadable("empty")
    header = read_header(header_row)
    rows = list(_rows(sheet, header))
    if not rows:
        raise Unreadable("no-rows")
    _check_twins(rows)
    checker = _Checker(organisation, today, People.of(organisation, rows, today), header)
    seen: set[int] = set()
    for row in rows:
        checker.check(row)
        if row.user is not None:
            seen.add(row.user)
        yield row
    if is_whole:
        yield from checker.leaving(seen)


def _rows(sheet: Sheet, header: Header) -> Iterator[Row]:
    places = list(header.places.items())
    for line, cells in enumerate(sheet.rows, start=2):
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in places}
        if not any(values.values()):
            continue
        row = Row(line, values=values)
        values["email"] = values["email"].lower()
        for name, place in places:
            if (line, place + 1) in sheet.formulas or values[name].startswith(FORMULA_STARTS):
                row.problems.append(Problem(name, "formula", values[name][:40]))
            elif len(values[name]) > LENGTHS.get(name, 200):
                row.problems.append(Problem(name, "too-long", str(LENGTHS.get(name, 200))))
        yield row


def _check_twins(rows: list[Row]) -> None:
    """Two rows with one staff number or one address: neither is taken, since nobody knows which is right."""
    for name, code in (("number", "number-twice"), ("email", "email-twice")):
        found = Counter(row.values[name] for row in rows if row.values.get(name))
        first: dict[str, Row] = {}
        for row in rows:
            value = row.values.get(name, "")
            if found.get(value, 0) < 2:
                continue
            if value in first:
                row.problems.append(Problem(name, code, str(first[value].line)))
                if first[value].kind != ERROR:
                    first[value].kind = ERROR
                    first[value].problems.append(Problem(name, code, str(row.line)))
            else:
                first[value] = row


class _Checker:
    """Looks at one row after the other, with all that is known at hand."""

    def __init__(self, organisation: Organisation, today: date, people: People, header: Header) -> None:
        self.organisation, self.today, self.people, self.header = organisation, today, people, header
        self.units = _by_name(list(Organisation.get_tree(organisation)))
        self.audiences = _by_name(list(Audience.objects.all()))
        self.languages = {code for code, _name in settings.LANGUAGES}
        self.names = {pk: str(unit) for found in self.units.values() for pk, unit in found.items()}

    def check(self, row: Row) -> None:
        values = row.values
        if not values["name"]:
            row.problems.append(Problem("name", "missing"))
        self._check_email(row)
        row.unit = self._one_of(row, "unit", self.units, self.organisation.pk)
        row.audience = self._one_of(row, "audience", self.audiences, None)
        row.starts_on = self._day(row)
        if values.get("language") and values["language"] not in self.languages:
            row.problems.append(Problem("language", "no-language", values["language"][:40]))
        self._find(row)
        if row.problems:
            row.kind = ERROR
        elif row.kind != ERROR:
            self._compare(row)

    def leaving(self, seen: set[int]) -> Iterator[Row]:
        for member in self.people.members.values():
            if member.user not in seen:
                yield Row(
                    0,
                    LEAVING,
                    values={"name": member.name, "email": member.email, "unit": self.names[member.unit]},
                    user=member.user,
                    membership=member.pk,
                )

    def _check_email(self, row: Row) -> None:
        email = row.values["email"]
        if not email:
            row.problems.append(Problem("email", "missing"))
            return
        try:
            validate_email(email)
        except ValidationError:
            row.problems.append(Problem("email", "no-email", email[:80]))

    def _one_of(self, row: Row, name: str, known: dict[str, dict[int, Any]], default: int | None) -> int | None:
        text = row.values.get(name, "")
        if not text:
            return default
        found = known.get(text.casefold(), {})
        if len(found) == 1:
            return next(iter(found))
        row.problems.append(Problem(name, f"{name}-ambiguous" if found else f"{name}-unknown", text[:80]))
        return None

    def _day(self, row: Row) -> date | None:
        text = row.values.get("starts_on", "")
        if not text:
            return None
        day = _parsed_day(text)
        if day and 1950 <= day.year <= self.today.year + 2:
            return day
        row.problems.append(Problem("starts_on", "no-day", text[:40]))
        return None

    def _find(self, row: Row) -> None:
        """Who it is: by staff number first, then by address. The two may not be different people."""
        number, email = row.values.get("number", ""), row.values["email"]
        by_number = self.people.by_number.get(number) if number else None
        account = self.people.accounts.get(email)
        if by_number is not None:
            row.user = by_number
            if account and account.pk != by_number:
                row.problems.append(Problem("email", "email-of-another", email))
            elif account is None and self.people.has_signed_in(by_number):
                row.problems.append(Problem("email", "email-is-theirs", email))
        elif account:
            row.user = account.pk
            if number and (other := self.people.numbers.get(account.pk)):
                row.problems.append(Problem("number", "number-differs", other))

    def _compare(self, row: Row) -> None:
        member = self.people.members.get(row.user) if row.user else None
        if member is None:
            row.kind = NEW
            return
        row.membership = member.pk
        for name, before, after in self._pairs(row, member):
            if before != after:
                row.differences.append((name, before, after))
        row.kind = CHANGED if row.differences else UNCHANGED

    def _pairs(self, row: Row, member: Any) -> Iterator[tuple[str, str, str]]:
        """Field, before and after, of the columns that the file has."""
        has, values = self.header.places, row.values
        if self.people.may_rename(member.user):
            yield "name", member.name, values["name"]
        yield "email", member.email, values["email"]
        if "unit" in has:
            yield "unit", self.names[member.unit], self.names[row.unit or member.unit]
        if "post" in has:
            yield "post", member.post, values["post"]
        if "grade" in has:
            yield "grade", member.grade, values["grade"]
        if "audience" in has:
            yield "audience", str(member.audience or ""), str(row.audience or "")
        if values.get("number"):
            yield "number", self.people.numbers.get(member.user, ""), values["number"]


@lru_cache(maxsize=20_000)
def _parsed_day(text: str) -> date | None:
    for pattern in DAY_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def _by_name(things: list[Any]) -> dict[str, dict[int, Any]]:
    """Each by its slug and by its name in every language; a name may belong to several."""
    found: dict[str, dict[int, Any]] = {}
    for thing in things:
        field_name = "name" if hasattr(thing, "name") else "title"
        names = {thing.slug, *(getattr(thing, f"{field_name}_{code}") for code in LANGUAGE_COLUMNS)}
        for name in names:
            if name:
                found.setdefault(str(name).casefold(), {})[thing.pk] = thing
    return found
