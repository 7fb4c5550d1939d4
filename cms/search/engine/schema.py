"""What is in the index: terms with their places, and a column per value that is filtered or counted.

Texts arrive already analysed, so the field types here only hand their postings on.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3PostingsWriter

from cms.search.engine.postings import Postings

TEXT, PREFIXES, WORDS, KEY = "text", "prefixes", "words", "key"
KIND, OBJECT, LENGTH = "kind", "object", "length"
VALUE_PREFIX = "v_"

# A place is one number: which field a token stands in, then its position there.
POSITION_BITS = 20
LAST_POSITION = (1 << POSITION_BITS) - 1
LAST_FIELD = (1 << (32 - POSITION_BITS)) - 1


class Posting:
    """A term in one document: the sum of its fields' boosts, and every place it stands at."""

    __slots__ = ("places", "weight")

    def __init__(self, weight: float, place: int) -> None:
        self.weight = weight
        self.places = [place]


@dataclass
class Document:
    """One object, analysed. ``values`` maps a column's name to what JSON can hold."""

    key: str
    kind: str
    object_id: str
    text: dict[str, Posting] = field(default_factory=dict)
    prefixes: dict[str, Posting] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    length: int = 0
    values: dict[str, Any] = field(default_factory=dict)


class Places(formats.Format):  # type: ignore[misc]
    """Each posting carries its places as unsigned 32-bit numbers."""

    def __init__(self) -> None:
        self.field_boost = 1.0
        self.options: dict[str, Any] = {}

    def fixed_value_size(self) -> int:
        return -1

    def supports(self, name: str) -> bool:
        return False


class NoPlaces(Places):
    """Postings that only say: it is there."""

    def fixed_value_size(self) -> int:
        return 0


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a mapping of terms to their :class:`Posting`."""

    indexed = True
    scorable = False
    analyzer = None

    def __init__(self) -> None:
        self.format = Places()

    def index(self, value: dict[str, Posting], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, posting in value.items():
            yield term.encode(), 1, posting.weight, array("I", posting.places).tobytes()

    def separate_spelling(self) -> bool:
        return False

    def supports(self, name: str) -> bool:
        return False


class WordList(Terms):
    """The words as they are written, for suggestions: only the dictionary of terms is ever read."""

    def __init__(self) -> None:
        self.format = NoPlaces()

    def index(self, value: Iterable[str], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for word in value:
            yield word.encode(), 1, 1.0, b""


class PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Whoosh's own, taking a term's postings at once instead of one by one."""

    def add_all(self, postings: Postings) -> None:
        """Fills blocks with a term's postings; the last block is written when the term ends."""
        for start in range(0, len(postings.docs), self._blocklimit):
            if start:
                self._write_block()
            block = slice(start, start + self._blocklimit)
            self._ids, self._weights = postings.docs[block], postings.weights[block]
            self._values = postings.values[block]
            self._maxweight = max(self._weights)


class TermWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's own, without a length per posting: scoring takes lengths from their column."""

    def add_postings(self, schema: fields.Schema, lengths: object, items: Iterable[Postings]) -> None:
        """Writes the postings of terms, which come in order."""
        for name, in_field in groupby(items, itemgetter(0)):
            self.start_field(name, schema[name])
            for postings in in_field:
                self.start_term(postings.term)
                self._postwriter.add_all(postings)
                self.finish_term()
            self.finish_field()


class Codec(W3Codec):  # type: ignore[misc]
    """Whoosh's own, lighter where nothing reads what it computes."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        return PostingsWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def field_writer(self, storage: Any, segment: Any) -> TermWriter:
        return TermWriter(self, storage, segment)


def base_schema() -> fields.Schema:
    return fields.Schema(
        **{
            KEY: fields.ID(unique=True),
            TEXT: Terms(),
            PREFIXES: Terms(),
            WORDS: WordList(),
            KIND: fields.COLUMN(columns.VarBytesColumn()),
            OBJECT: fields.COLUMN(columns.VarBytesColumn()),
            LENGTH: fields.COLUMN(columns.VarBytesColumn()),
        }
    )


def value_field() -> fields.COLUMN:
    """A column of values; the name of its field starts with ``VALUE_PREFIX``."""
    return fields.COLUMN(columns.VarBytesColumn())
