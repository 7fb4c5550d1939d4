"""Sets of moments as sorted pairs [from, to) in whole milliseconds since 1970, none touching another."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def union(spans: Iterable[Span]) -> list[Span]:
    """The same moments, each once: overlapping and touching spans become one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif end > start:
            merged.append((start, end))
    return merged


def without(span: Span, taken: Sequence[Span]) -> list[Span]:
    """What is left of a span when the moments in ``taken`` are cut out."""
    left: list[Span] = []
    start, end = span
    for taken_start, taken_end in _touching(taken, start, end):
        if taken_start > start:
            left.append((start, taken_start))
        start = max(start, taken_end)
    if start < end:
        left.append((start, end))
    return left


def within(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """The moments from ``start`` up to ``end``."""
    clipped = ((max(one, start), min(other, end)) for one, other in _touching(spans, start, end))
    return [span for span in clipped if span[0] < span[1]]


def _touching(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """Those spans that have anything between two moments: looked up, since a busy month has hundreds of others."""
    first = bisect_left(spans, (start, start))
    if first and spans[first - 1][1] > start:
        first -= 1
    return spans[first : bisect_left(spans, (end, end))]


def first(spans: Iterable[Span], length: int) -> list[Span]:
    """The earliest moments, ``length`` milliseconds of them at most."""
    kept: list[Span] = []
    for start, end in spans:
        if length <= 0:
            break
        kept.append((start, min(end, start + length)))
        length -= end - start
    return kept


def length(spans: Iterable[Span]) -> int:
    """How long they are together, in milliseconds."""
    return sum(end - start for start, end in spans)
