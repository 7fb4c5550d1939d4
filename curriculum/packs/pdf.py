"""A booklet as a tagged PDF: the teacher's edition, the student handout, or two languages side by side."""

from dataclasses import asdict, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.typeset.api import render_pdf, typst_language
from curriculum.packs.booklets import (
    Booklet,
    Missing,
    Pair,
    paired,
    paired_sections,
)
from curriculum.packs.content import STUDENT_SECTIONS, LessonContent

FOLDER = Path(__file__).with_name("typst")
PARTS = {"parts.typ": (FOLDER / "parts.typ").read_bytes()}
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class Edition(StrEnum):
    TEACHER = "teacher"
    STUDENT = "student"


def booklet_pdf(booklet: Booklet, edition: Edition) -> bytes:
    """The booklet on paper. Raises ``TypesettingError``."""
    pairs = tuple(for_edition(pair, edition) for pair in booklet.lessons)
    first = pairs[0].first if pairs else None
    data: dict[str, Any] = {
        "lang": typst_language(booklet.languages[0]),
        "languages": [typst_language(code) for code in booklet.languages],
        "title": booklet.title,
        "author": "Imprint",
        "keywords": sorted({word for pair in pairs for word in pair.first.keywords}),
        "edition": edition.value,
        "footer": _footer(booklet, first),
        "has_front": not booklet.is_single or bool(booklet.notices),
        "notices": list(booklet.notices),
        "missing": [_missing(entry) for entry in booklet.missing],
        "labels": booklet.labels,
    }
    when = max((pair.first.published_at or EPOCH for pair in pairs), default=EPOCH)
    if booklet.is_bilingual:
        data["lessons"] = [_side_by_side(pair) for pair in pairs]
        return render_pdf(FOLDER / "bilingual.typ", data, files=PARTS, when=when)
    data["lessons"] = [_one(pair.first) for pair in pairs]
    return render_pdf(FOLDER / "booklet.typ", data, files=PARTS, when=when)


def for_edition(pair: Pair, edition: Edition) -> Pair:
    """Students get no answers and nothing that is said to the teacher."""
    if edition == Edition.TEACHER:
        return pair
    return Pair(_handout(pair.first), _handout(pair.second) if pair.second else None)


def _handout(content: LessonContent) -> LessonContent:
    return replace(content, sections=content.only(STUDENT_SECTIONS), facts=())


def _footer(booklet: Booklet, first: LessonContent | None) -> str:
    return f"{booklet.title} · {first.version}" if first and booklet.is_single else booklet.title


def _missing(entry: Missing) -> dict[str, str]:
    names = dict(settings.LANGUAGES)
    return {
        "title": entry.title,
        "lang": typst_language(entry.title_language),
        "language": names[entry.language],
    }


def _one(content: LessonContent) -> dict[str, Any]:
    data = asdict(replace(content, published_at=None))
    for section in data["sections"]:
        for item in section["items"]:
            item["language"] = typst_language(item["language"] or content.language)
    return data


def _side_by_side(pair: Pair) -> dict[str, Any]:
    first, second = _one(pair.first), _one(pair.second) if pair.second else None
    both = [content for content in (first, second) if content]
    return {
        "titles": [pair.first.title, pair.second.title if pair.second else ""],
        "summaries": [pair.first.summary, pair.second.summary if pair.second else ""],
        "notices": [
            {"lang": typst_language(content["language"]), "text": content["notice"]}
            for content in both
            if content["notice"]
        ],
        "facts": _fact_rows(pair),
        "sections": [_section_rows(first_part, second_part, pair) for first_part, second_part in _sections(pair)],
        "licences": [
            {"lang": typst_language(content["language"]), "label": content["labels"]["licence"], **content["licence"]}
            for content in both
            if content["licence"]
        ],
        "sheets": [_sheet_rows(*sheets) for sheets in _sheets(pair)],
    }


def _sections(pair: Pair) -> Any:
    return paired_sections(pair.first.sections, pair.second.sections if pair.second else ())


def _sheets(pair: Pair) -> Any:
    return paired(pair.first.sheets, pair.second.sheets if pair.second else ())


def _fact_rows(pair: Pair) -> list[Any]:
    second = list(pair.second.facts) if pair.second else []
    second += [("", "")] * (len(pair.first.facts) - len(second))
    return [list(row) for row in zip(pair.first.facts, second, strict=False)]


def _section_rows(first: Any, second: Any, pair: Pair) -> dict[str, Any]:
    some = first or second
    languages = (pair.first.language, pair.second.language if pair.second else pair.first.language)
    rows = [
        [_item(item, language) for item, language in zip(items, languages, strict=True)]
        for items in paired(first.items if first else (), second.items if second else ())
    ]
    return {"kind": some.kind, "titles": [first.title if first else "", second.title if second else ""], "rows": rows}


def _item(item: Any, language: str) -> dict[str, Any] | None:
    return asdict(item) | {"language": typst_language(item.language or language)} if item else None


def _sheet_rows(first: Any, second: Any) -> dict[str, Any]:
    parts = paired(first.parts if first else (), second.parts if second else ())
    return {
        "titles": [first.title if first else "", second.title if second else ""],
        "parts": [[asdict(part) if part else None for part in row] for row in parts],
    }
