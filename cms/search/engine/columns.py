"""The values of one column in one segment: each distinct value once, and a code per document."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

Values = tuple[Any, ...]


@dataclass
class Column:
    """``codes[doc]`` is the place of the document's values in ``distinct``; no value is ``()``."""

    codes: "np.ndarray[Any, np.dtype[np.int32]]"
    distinct: list[Values]

    @property
    def nbytes(self) -> int:
        return int(self.codes.nbytes) + 120 * len(self.distinct)

    def shortened(self, length: int) -> "Column":
        """The column with every value cut to its first characters, as a moment to its year."""
        seen: dict[Values, int] = {}
        cut = (tuple(str(value)[:length] for value in values) for values in self.distinct)
        codes = np.fromiter((seen.setdefault(values, len(seen)) for values in cut), np.int32, len(self.distinct))
        return Column(codes[self.codes], list(seen))

    def mask(self, holds: Callable[[Values], bool]) -> "np.ndarray[Any, np.dtype[np.bool_]]":
        """Which documents have values for which ``holds`` is true."""
        answers = np.fromiter((holds(values) for values in self.distinct), dtype=bool, count=len(self.distinct))
        return answers[self.codes]

    def count(self, docs: "np.ndarray[Any, np.dtype[np.int32]]") -> dict[Values, int]:
        """How many of the documents have each value."""
        counts = np.bincount(self.codes[docs], minlength=len(self.distinct))
        return {self.distinct[code]: int(counts[code]) for code in np.flatnonzero(counts)}


def encode(value: Any) -> bytes:
    """A value, or a list of values, as it is stored."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def decode(raw: bytes) -> Values:
    if not raw:
        return ()
    value = json.loads(raw)
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def column_of(raws: Iterable[bytes], size: int) -> Column:
    """Reads a stored column whole."""
    seen: dict[bytes, int] = {}
    codes = np.empty(size, dtype=np.int32)
    for doc, raw in enumerate(raws):
        codes[doc] = seen.setdefault(raw, len(seen))
    return Column(codes, [decode(raw) for raw in seen])


def empty_column(size: int) -> Column:
    return Column(np.zeros(size, dtype=np.int32), [()])
