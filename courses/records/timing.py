"""Which of the time that a browser reports counts.

Counted are milliseconds in which the page was visible and the person active. They lie between enrolment and
now, no moment counts twice for one person, whatever tabs, devices and courses it was reported from, and so
nobody can collect more than the clock on the wall has shown. What goes beyond these rules is cut, and the cut
is noted in the statement as a flag; what cannot have been at all is refused.
"""

from dataclasses import dataclass
from datetime import datetime

from courses.records.acts import Act, ActRefused
from courses.records.spans import Span, first, length, union, within, without

SECOND = 1000
# Clocks of server and browser are compared at each sending; what is left is the journey of the message.
TOLERANCE = 5 * SECOND
# Browsers report every 30 seconds. One report over a longer span means that the page was frozen or the clock was set.
LONGEST_REPORT = 120 * SECOND
# What a phone gathered without a net is taken for a month.
OLDEST = 31 * 24 * 3600 * SECOND
# More active learning than this in one day (UTC) is not plausible.
MOST_PER_DAY = 12 * 3600 * SECOND
DAY = 24 * 3600 * SECOND
# Time at one activity counts up to this many times the minutes set aside for it, and half an hour at least.
MOST_TIMES = 4
LEAST_CAP = 30 * 60 * SECOND
# The player's highest speed.
FASTEST = 2


@dataclass(frozen=True)
class Counted:
    """What of a report counts: the spans, how long they were before caps, and the rules that cut the report."""

    spans: list[Span]
    fresh: int
    flags: list[str]

    @property
    def milliseconds(self) -> int:
        return length(self.spans)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * SECOND)


def count(act: Act, *, taken: list[Span], now: int, enrolled: int, spent: int, minutes: int) -> Counted:
    """What counts of the time an act reports.

    ``taken`` are the person's spans that count already, ``spent`` the milliseconds they have at this activity,
    ``minutes`` what is set aside for it. Raises ``ActRefused``: negative, future or too-old.
    """
    start, end = act.span or (0, 0)
    _check(start, end, act.active, now, max(enrolled, _horizon(taken)))
    flags = []
    if act.active > end - start:
        flags.append("more-than-wall-clock")
    if end - start > LONGEST_REPORT and not act.is_observed:
        flags.append("long-report")
        start = end - LONGEST_REPORT
    spans = without((max(start, enrolled, _horizon(taken)), min(end, now)), taken)
    spans = first(spans, min(act.active, end - start))
    fresh = length(spans)
    spans, is_cut = _cap_day(spans, taken)
    if is_cut:
        flags.append("day-full")
    left = max(LEAST_CAP, MOST_TIMES * minutes * 60 * SECOND) - spent
    if length(spans) > left:
        flags.append("activity-full")
        spans = first(spans, left)
    return Counted(spans, fresh, flags)


def _check(start: int, end: int, active: int, now: int, earliest: int) -> None:
    if end <= start or active < 0:
        raise ActRefused("negative")
    if end > now + TOLERANCE:
        raise ActRefused("future")
    if end <= earliest or start < now - OLDEST:
        raise ActRefused("too-old")


def _cap_day(spans: list[Span], taken: list[Span]) -> tuple[list[Span], bool]:
    """The spans as far as their days (in UTC) still have room."""
    kept: list[Span] = []
    days = {day for start, end in spans for day in range(start // DAY, (end - 1) // DAY + 1)}
    for day in sorted(days):
        today = within(spans, day * DAY, (day + 1) * DAY)
        room = MOST_PER_DAY - length(within(taken, day * DAY, (day + 1) * DAY))
        kept += first(today, room)
    return kept, length(kept) < length(spans)


def remember(taken: list[Span], spans: list[Span]) -> list[Span]:
    """The person's counted spans with new ones; what nobody can report any more is forgotten.

    How far back is reckoned from the latest span, so that the outcome depends on the spans alone.
    """
    if not spans:
        return taken
    found = union([*taken, *spans])
    horizon = _horizon(found)
    return found if found[0][0] >= horizon else within(found, horizon, found[-1][1])


def _horizon(spans: list[Span]) -> int:
    return spans[-1][1] - OLDEST if spans else 0


def count_segments(act: Act, counted: Counted, film: int) -> list[Span]:
    """The stretches of a film that count: no longer than anyone can play in the time that was new.

    ``film`` is its length in milliseconds, 0 if unknown. Raises ``ActRefused`` for stretches that no such film
    has: negative, beyond-the-end.
    """
    for start, end in act.segments:
        if start < 0 or end <= start:
            raise ActRefused("negative")
        if film and end > film + TOLERANCE:
            raise ActRefused("beyond-the-end")
    played = within(union(act.segments), 0, film) if film else union(act.segments)
    most = FASTEST * counted.fresh + SECOND
    if length(played) > most:
        counted.flags.append("faster-than-playback")
    return first(played, most)
