"""Chinese words: jieba's dictionary through rjieba, with the site's own terms of art."""

from collections.abc import Iterable
from functools import lru_cache

LONG = 3  # longer words are also indexed by the dictionary words inside them


class Segmenter:
    """Cuts Chinese text into words. ``terms`` are kept whole, as in jieba's user dictionary."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        import rjieba  # its dictionary takes 33 MB: only a process that cuts Chinese text carries it

        self._jieba = rjieba.Jieba()
        for term in terms:
            self._jieba.add_word(term, None, None)
        self._inner = lru_cache(maxsize=20_000)(self._words_inside)

    def words(self, text: str) -> list[tuple[str, int]]:
        """Words and where they begin, as a reader would cut them."""
        return [(word, start) for word, start, _end in self._jieba.tokenize(text, "default", False)]

    def index_words(self, text: str) -> list[tuple[str, int]]:
        """Search mode: words, and the shorter words of the dictionary inside them."""
        found: dict[tuple[str, int], None] = {}
        for word, start, _end in self._jieba.tokenize(text, "search", False):
            found[word, start] = None
            if len(word) > LONG:
                found.update({(inner, start + offset): None for inner, offset in self._inner(word)})
        return list(found)

    def _words_inside(self, word: str) -> tuple[tuple[str, int], ...]:
        """Search mode itself looks only for words of two and three characters."""
        inside, offset = [], 0
        for inner in self._jieba.cut_all(word):
            offset = word.find(inner, offset)
            if 1 < len(inner) < len(word):
                inside.append((inner, offset))
        return tuple(inside)
