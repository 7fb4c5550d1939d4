"""Drawing files and keeping them. A file whose ingredients did not change is taken from where it lies."""

import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.core.cache import caches
from django.core.files.base import ContentFile

from cms.artwork.files import as_image, as_print_pdf, trimmed
from cms.artwork.formats import FORMATS, Format
from cms.artwork.painting import Painter, Words
from cms.campaigns.kits.content import Ingredients, digest_of, ingredients_of, words_of
from cms.campaigns.kits.models import KitFile, PartnerLogo

WORKERS = 2  # encoding leaves the interpreter; each holds a poster in memory, some 250 MB
PREVIEW_WIDTH = {"poster": 360, "card": 480, "square": 360, "story": 270, "wide": 480}


def kit_files(pages: Iterable[Any], partner: PartnerLogo | None, progress: Callable[[], None]) -> list[KitFile]:
    """All files of a kit, drawn where they are missing; ``progress`` is called for each size of each language."""
    found: list[KitFile] = []
    for ingredients, several in _by_ingredients(pages, partner):
        # Sizes one after the other, and languages of one direction together: their ground is drawn once.
        words = sorted((words_of(page, partner) for page in several), key=lambda words: words.is_right_to_left)
        keys = {page.locale.language_code: page.translation_key for page in several}
        painter: Painter | None = None
        for size in FORMATS.values():
            known = {one.language: files for one in words if (files := _known(ingredients, one, size))}
            missing = [one for one in words if one.language not in known]
            if missing and painter is None:
                painter = ingredients.painter()
            for one, contents in _drawn(painter, missing, size, ingredients):
                known[one.language] = _keep(keys[one.language], ingredients, one, size, contents)
                progress()
            for _language in set(known) - {one.language for one in missing}:
                progress()
            found += [file for files in known.values() for file in files]
    return found


def _by_ingredients(pages: Iterable[Any], partner: PartnerLogo | None) -> list[tuple[Ingredients, list[Any]]]:
    """Pages with what they are drawn from; translations usually share it."""
    groups: dict[str, tuple[Ingredients, list[Any]]] = {}
    for page in pages:
        ingredients = ingredients_of(page, partner)
        groups.setdefault(repr(ingredients.marks), (ingredients, []))[1].append(page)
    return list(groups.values())


def _drawn(
    painter: Painter | None, missing: list[Words], size: Format, ingredients: Ingredients
) -> Iterator[tuple[Words, dict[str, bytes]]]:
    """Each language's files of one size: painted one after the other, encoded side by side."""
    if painter is None or not missing:
        return
    has_picture = ingredients.has_picture
    with ThreadPoolExecutor(WORKERS) as pool:
        waiting: list[tuple[Words, Future[dict[str, bytes]]]] = []
        for words in missing:
            if len(waiting) >= WORKERS:
                done = waiting.pop(0)
                yield done[0], done[1].result()
            sheet = painter.paint(words, size)
            waiting.append((words, pool.submit(_encoded, sheet, size, words, has_picture)))
        for words, future in waiting:
            yield words, future.result()


def _encoded(sheet: Any, size: Format, words: Words, has_picture: bool) -> dict[str, bytes]:
    content, suffix = as_image(trimmed(sheet, size), size, has_picture=has_picture)
    files = {suffix: content}
    if size.is_printed:
        files["pdf"] = as_print_pdf(sheet, size, title=words.slogan, language=words.language)
    return files


def digests_of(ingredients: Ingredients, words: Words, size: Format) -> dict[str, str]:
    """suffix → the digest under which each file of one size is kept."""
    suffixes = ["jpg" if ingredients.has_picture else "png", *(["pdf"] if size.is_printed else [])]
    digest = digest_of(ingredients, words, size)[:58]
    return {suffix: f"{digest}-{suffix}" for suffix in suffixes}


def _known(ingredients: Ingredients, words: Words, size: Format) -> list[KitFile]:
    """The files of one size that lie ready; none unless all of them do."""
    digests = digests_of(ingredients, words, size)
    found = KitFile.objects.filter(digest__in=digests.values())
    ready = [file for file in found if file.file.storage.exists(str(file.file.name))]
    return ready if len(ready) == len(digests) else []


def _keep(
    subject: Any, ingredients: Ingredients, words: Words, size: Format, contents: dict[str, bytes]
) -> list[KitFile]:
    digests = digests_of(ingredients, words, size)
    return [_store(subject, words, size, digests[suffix], suffix, data) for suffix, data in contents.items()]


def _store(subject: Any, words: Words, size: Format, digest: str, suffix: str, content: bytes) -> KitFile:
    name = KitFile.file.field.storage.save(f"{digest[:2]}/{digest}.{suffix}", ContentFile(content))
    values = {
        "subject": subject,
        "language": words.language,
        "format": size.name,
        "suffix": suffix,
        "size": len(content),
        "file": name,
    }
    return KitFile.objects.update_or_create(digest=digest, defaults=values)[0]


def one_size(page: Any, size: Format) -> list[KitFile]:
    """The files of one size of one page, drawn if need be."""
    ingredients, words = ingredients_of(page), words_of(page)
    known = _known(ingredients, words, size)
    if known:
        return known
    drawn = next(_drawn(ingredients.painter(), [words], size, ingredients))
    return _keep(page.translation_key, ingredients, words, size, drawn[1])


def preview(page: Any, size: Format, painter: Painter | None = None) -> bytes:
    """A small PNG of one size, from the cache if the page says the same as before. Raises ``ArtworkError``."""
    small = size.scaled(PREVIEW_WIDTH[size.layout])
    ingredients, words = ingredients_of(page), words_of(page)
    key = f"kit-preview:{digest_of(ingredients, words, small)}"
    known: bytes | None = caches["documents"].get(key)
    if known is None:
        stream = io.BytesIO()
        (painter or ingredients.painter()).paint(words, small).save(stream, "PNG")
        known = stream.getvalue()
        caches["documents"].set(key, known)
    return known
