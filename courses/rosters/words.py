"""What is wrong with a file or a cell, as sentences for whoever must mend it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.tables.reading import Unreadable


def why_unreadable(error: Unreadable) -> str:
    sentences = {
        "too-large": _("The file is larger than %(megabytes)s MB. Split it and upload the parts."),
        "empty": _("The file is empty."),
        "no-rows": _("The file has a header and nobody below it."),
        "no-text": _("The file is neither XLSX nor CSV in UTF-8 or GB18030. Save it again as one of these."),
        "no-workbook": _("The workbook cannot be opened. Save it again as XLSX, without a password."),
        "bomb": _("The workbook unpacks to far more than a roster needs. It was not opened."),
        "broken-line": _("Line %(line)s cannot be read: a quotation mark is missing, or a cell is too long."),
        "too-many-columns": _("Line %(line)s has %(columns)s columns; a roster has at most %(most)s. Delete the rest."),
        "too-many-rows": _("The file has more than %(most)s rows. Split it and upload the parts."),
        "column-twice": _("“%(first)s” and “%(second)s” mean the same column. Delete one of them."),
        "column-missing": _("These columns are missing: %(columns)s. The first row names the columns."),
    }
    return sentences[error.code] % error.values


def why_refused(problem: dict[str, Any]) -> str:
    """The sentence for one cell."""
    return _SENTENCES[problem["code"]]() % {"value": problem["value"]}


_SENTENCES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("It is missing."),
    "formula": lambda: _("“%(value)s” is a formula. Put its value into the cell."),
    "too-long": lambda: _("It is longer than %(value)s characters."),
    "no-email": lambda: _("“%(value)s” is no email address."),
    "no-day": lambda: _("“%(value)s” is no day. Write 2026-03-31."),
    "no-language": lambda: _("“%(value)s” is no language here. Write en, zh-hans, fr, es, ru or ar."),
    "number-twice": lambda: _("The same staff number stands in line %(value)s."),
    "email-twice": lambda: _("The same address stands in line %(value)s."),
    "email-of-another": lambda: _("%(value)s belongs to somebody else here."),
    "email-is-theirs": lambda: _("This person signs in with another address and changes it themselves."),
    "number-differs": lambda: _("The person with this address has the staff number %(value)s."),
    "unit-unknown": lambda: _("“%(value)s” is no unit here. Use its name or its short name."),
    "unit-ambiguous": lambda: _("Several units are called “%(value)s”. Use the short name."),
    "audience-unknown": lambda: _("“%(value)s” is no audience."),
    "audience-ambiguous": lambda: _("Several audiences are called “%(value)s”. Use the short name."),
}


def column_names() -> dict[str, str]:
    return {
        "number": _("Staff number"),
        "name": _("Name"),
        "email": _("Email"),
        "unit": pgettext("organisation", "Unit"),
        "post": _("Post"),
        "grade": pgettext("post", "Grade"),
        "audience": _("Audience"),
        "starts_on": _("First day"),
        "language": _("Language"),
    }
