"""Reading what a repository answers. Nothing in it is believed: not its dates, its addresses or its size."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from cms.documents.languages import language_of_text
from cms.harvesting.errors import HarvestError

OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MOST_VALUES = 30
LONGEST_VALUE = 200
LONGEST_TEXT = 5000
LONGEST_TITLE = 400
LONGEST_IDENTIFIER = 400
LONGEST_URL = 1000
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# ISO 639 codes and BCP 47 tags by which our languages go; traditional Chinese is not among them.
LANGUAGES = {
    **dict.fromkeys(("en", "eng"), "en"),
    **dict.fromkeys(("zh", "zho", "chi", "zh-cn", "zh-sg", "zh-hans", "zh-hans-cn", "cmn"), "zh-hans"),
    **dict.fromkeys(("fr", "fra", "fre"), "fr"),
    **dict.fromkeys(("es", "spa"), "es"),
    **dict.fromkeys(("ru", "rus"), "ru"),
    **dict.fromkeys(("ar", "ara"), "ar"),
}


@dataclass(frozen=True)
class Found:
    """A record as it came. ``values`` are those of an item; ``problem`` says why it cannot be one."""

    identifier: str
    is_deleted: bool = False
    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    has_wrong_date: bool = False


@dataclass(frozen=True)
class Identity:
    """What a repository says of itself."""

    forgets_deleted: bool
    has_seconds: bool


@dataclass(frozen=True)
class Answer:
    records: list[Found]
    token: str
    size: int
    responded_at: datetime | None
    is_empty: bool = False  # the repository said noRecordsMatch


def read(content: bytes) -> Element:
    """The document; one that is no XML, or brings entities or a document type, is refused."""
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise HarvestError(_("The source sent XML with entities or a document type. It was not read.")) from None
    except (ParseError, ValueError, LookupError):
        raise HarvestError(_("The source did not send XML that can be read.")) from None
    if root.tag != f"{OAI}OAI-PMH":
        raise HarvestError(_("What answers at this address is no OAI-PMH 2.0 repository."))
    return root


def identity_of(content: bytes) -> Identity:
    found = read(content).find(f"{OAI}Identify")
    if found is None:
        raise HarvestError(_("What answers at this address is no OAI-PMH 2.0 repository."))
    return Identity(
        forgets_deleted=_text(found, "deletedRecord") != "persistent",
        has_seconds="T" in _text(found, "granularity"),
    )


def answer_of(content: bytes, now: datetime) -> Answer:
    """One part of a list of records.

    :raises HarvestError: the repository answered with an error
    """
    root = read(content)
    responded = _moment(_text(root, "responseDate"))
    errors = root.findall(f"{OAI}error")
    if any(error.get("code") == "noRecordsMatch" for error in errors):
        return Answer([], "", 0, responded, is_empty=True)
    if errors:
        code, words = errors[0].get("code", ""), (errors[0].text or "").strip()
        said = f"{code} {words}".strip()[:LONGEST_VALUE]
        raise HarvestError(_("The source refused: %(said)s") % {"said": said})
    listed = root.find(f"{OAI}ListRecords")
    if listed is None:
        raise HarvestError(_("The source did not answer what it was asked."))
    token = listed.find(f"{OAI}resumptionToken")
    size = (token.get("completeListSize") or "") if token is not None else ""
    return Answer(
        [_record(record, now) for record in listed.findall(f"{OAI}record")],
        ((token.text or "").strip() if token is not None else ""),
        int(size) if size.isdecimal() and len(size) < 9 else 0,
        responded,
    )


def _record(record: Element, now: datetime) -> Found:
    header = record.find(f"{OAI}header")
    identifier = _text(header, "identifier") if header is not None else ""
    if header is None or not identifier or len(identifier) > LONGEST_IDENTIFIER:
        return Found("", problem=_("a record without an identifier"))
    stamp = _moment(_text(header, "datestamp"))
    wrong = stamp is None or stamp > now.replace(hour=23, minute=59, second=59)
    if header.get("status") == "deleted":
        return Found(identifier, is_deleted=True, has_wrong_date=wrong)
    values = _values(record, now)
    problem = ""
    if not values["title"]:
        problem = _("%(identifier)s has no title") % {"identifier": identifier}
    elif not values["url"]:
        problem = _("%(identifier)s has no address to lead to") % {"identifier": identifier}
    return Found(identifier, values=values, problem=problem, has_wrong_date=wrong)


def _values(record: Element, now: datetime) -> dict[str, Any]:
    """An item’s values, from unqualified Dublin Core."""
    tags = _all(record, "language")
    title = " ".join(_all(record, "title", 1))[:LONGEST_TITLE]
    description = "\n\n".join(_all(record, "description", 3, LONGEST_TEXT))[:LONGEST_TEXT]
    language = _language(tags)
    if not tags and title:
        language = language_of_text(f"{title} {description}")
    return {
        "title": title,
        "description": description,
        "url": next((url for url in _all(record, "identifier", longest=LONGEST_URL) if is_address(url)), ""),
        "language": language,
        "language_tag": tags[0][:35] if tags else "",
        "creators": _all(record, "creator"),
        "subjects": _all(record, "subject"),
        "kinds": _all(record, "type", 5),
        "rights": " ".join(_all(record, "rights", 3, LONGEST_TEXT))[:LONGEST_TEXT],
        "published": next((day for text in _all(record, "date") if (day := _day(text, now))), ""),
    }


def _all(record: Element, name: str, most: int = MOST_VALUES, longest: int = LONGEST_VALUE) -> list[str]:
    """The texts of an element, without tags and double spaces; those that are too long are cut."""
    texts = (" ".join(strip_tags(element.text or "").split()) for element in record.iter(f"{DC}{name}"))
    return [text[:longest] for text in texts if text][:most]


def _language(tags: list[str]) -> str:
    for tag in tags:
        written = tag.lower().replace("_", "-")
        if found := LANGUAGES.get(written):
            return found
        primary = written.partition("-")[0]
        if primary != "zh" and (found := LANGUAGES.get(primary)):
            return found
    return ""


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= LONGEST_URL
    except ValueError:
        return False


def _day(text: str, now: datetime) -> str:
    """The year, month or day at the beginning of a date; nothing for one that is none, or still to come."""
    found = DATE.match(text)
    if found is None:
        return ""
    parts = [int(part) for part in found[0].split("-")]
    try:
        first = date(*[*parts, 1, 1][:3])
    except ValueError:
        return ""
    return found[0] if first <= now.date() else ""


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None


def _text(parent: Element, name: str) -> str:
    return (parent.findtext(f"{OAI}{name}") or "").strip()
