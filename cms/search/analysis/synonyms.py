"""Different wordings of one thing: 著作权 and 版权, trademark and trade mark."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Phrase = tuple[tuple[int, str], ...]  # terms with their distance from the first


@dataclass(eq=False)
class Synonyms:
    """For a sequence of terms, the phrases that say the same."""

    same: dict[tuple[str, ...], list[Phrase]] = field(default_factory=dict)
    longest: int = 0

    @classmethod
    def of(cls, groups: Iterable[list[Phrase]]) -> "Synonyms":
        """From groups of phrases that mean the same."""
        synonyms = cls()
        for group in groups:
            for phrase in group:
                key = tuple(term for _distance, term in phrase)
                others = [other for other in group if other != phrase]
                if key and others:
                    known = synonyms.same.setdefault(key, [])
                    known.extend(other for other in others if other not in known)
                    synonyms.longest = max(synonyms.longest, len(key))
        return synonyms

    def match(self, terms: list[str], start: int) -> tuple[int, list[Phrase]]:
        """How many terms from ``start`` on are a known wording, and what else says it; the longest wins."""
        for length in range(min(self.longest, len(terms) - start), 0, -1):
            others = self.same.get(tuple(terms[start : start + length]))
            if others:
                return length, others
        return 0, []
