"""Terms of art in a text, each explained where it stands first: a button opens its definition, without a script."""

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from django.utils.safestring import SafeString, mark_safe

from cms.languages.terms import occurrences
from cms.vocabulary.data import column
from cms.vocabulary.models import GlossaryTerm
from cms.vocabulary.wordings import names_of

# Nothing inside of these is marked: it is a link already, or no running text.
LEFT_ALONE = {"a", "button", "h1", "h2", "h3", "h4", "figcaption", "dt", "code"}


def with_glossary(html: str, language: str) -> SafeString:
    """The HTML with the first occurrence of each glossary term made a button that opens its definition."""
    soup = BeautifulSoup(html, "html.parser")
    terms = sorted(_terms(language), key=lambda found: -max(map(len, found[1])))
    marked: set[int] = set()
    for words in list(soup.find_all(string=True)):
        if not any(parent.name in LEFT_ALONE for parent in words.parents):
            _mark(soup, words, terms, marked, language)
    return mark_safe(str(soup))  # what was there is as safe as before; what is new holds text nodes only


def _terms(language: str) -> list[tuple[GlossaryTerm, list[str]]]:
    """Terms with a name and a definition in the language."""
    described = column("description", language)
    found = [(term, names_of(term, language)) for term in GlossaryTerm.objects.all() if getattr(term, described)]
    return [(term, names) for term, names in found if names]


def _mark(
    soup: BeautifulSoup,
    words: NavigableString,
    terms: list[tuple[GlossaryTerm, list[str]]],
    marked: set[int],
    language: str,
) -> None:
    """Marks the first term in a piece of text, and goes on in what follows it."""
    rest = words
    while rest:
        found = _first(str(rest), terms, marked, language)
        if found is None:
            return
        term, start, end = found
        marked.add(term.pk)
        text = str(rest)
        after = NavigableString(text[end:])
        button, note = _button(soup, term, text[start:end])
        rest.replace_with(NavigableString(text[:start]), button, note, after)
        rest = after


def _first(
    text: str, terms: list[tuple[GlossaryTerm, list[str]]], marked: set[int], language: str
) -> tuple[GlossaryTerm, int, int] | None:
    """The term that stands first, the longest of those that begin there."""
    places = [
        (start, start - end, term)
        for term, names in terms
        if term.pk not in marked
        for name in names
        for start, end in occurrences(text, name, language)[:1]
    ]
    if not places:
        return None
    start, minus_length, term = min(places, key=lambda place: place[:2])
    return term, start, start - minus_length


def _button(soup: BeautifulSoup, term: GlossaryTerm, words: str) -> tuple[Tag, Tag]:
    name = f"term-{term.slug}"
    button = soup.new_tag("button", attrs={"type": "button", "class": "term", "popovertarget": name})
    button.string = words
    note = soup.new_tag("span", attrs={"id": name, "popover": "", "class": "term-note", "role": "note"})
    title = soup.new_tag("strong")
    title.string = str(term)
    note.append(title)
    note.append(NavigableString(f" {term.description}"))
    return button, note
