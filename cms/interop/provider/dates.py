"""UTCdatetime of OAI-PMH 2.0, section 3.3: a day, or a moment to the second; always in UTC."""

import re
from datetime import UTC, datetime, timedelta

from cms.interop.provider.errors import BadArgument

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


def written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def span(start: str, end: str) -> tuple[datetime | None, datetime | None]:
    """The first moment of ``from`` and the last second of ``until``, both included; None where there is none."""
    if start and end and len(start) != len(end):
        raise BadArgument("from and until must have the same granularity.")
    first = _first_moment("from", start) if start else None
    last = _first_moment("until", end) + _length(end) if end else None
    if first and last and first > last:
        raise BadArgument("from is later than until.")
    return first, last


def _first_moment(name: str, text: str) -> datetime:
    try:
        if DAY.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
        if SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass  # such as a 30 February
    raise BadArgument(f"{name} is no UTC date: write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")


def _length(text: str) -> timedelta:
    return timedelta() if SECOND.fullmatch(text) else timedelta(hours=23, minutes=59, seconds=59)
