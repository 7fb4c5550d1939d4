"""Reading starter content: YAML files, one per item and language, become records with a column per language."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import models

Texts = dict[str, Any]


def read(file: Path) -> Texts:
    content: Texts = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content


def read_languages(folder: Path) -> dict[str, Texts]:
    """The texts of one item by language code. ``FileNotFoundError`` where a language has none."""
    return {code: read(folder / f"{code}.yaml") for code, _name in settings.LANGUAGES}


def column(field: str, code: str) -> str:
    """The name of a translated field's column: title, zh-hans → title_zh_hans."""
    return f"{field}_{code.replace('-', '_')}"


def columns(languages: Mapping[str, Texts], *fields: str) -> dict[str, Any]:
    """The values of a record's translated fields, a column per language."""
    return {
        column(field, code): as_lines(texts[field])
        for code, texts in languages.items()
        for field in fields
        if field in texts
    }


def as_lines(value: Any) -> Any:
    """A list of names as a field holds it: one per line."""
    return "\n".join(value) if isinstance(value, list) else value


def load_terms(model: type[models.Model], file: Path, **shared: Callable[[Any], Any]) -> None:
    """A vocabulary file: slug → shared values and one entry per language (a title, or title and description)."""
    for order, (slug, entry) in enumerate(read(file).items(), start=1):
        languages = {
            code: value if isinstance(value, dict) else {"title": value}
            for code, value in entry.items()
            if code in dict(settings.LANGUAGES)
        }
        values = {"sort_order": entry.get("number", order)} | columns(languages, "title", "description", "other_names")
        values |= {field: find(entry[field]) for field, find in shared.items() if field in entry}
        model._default_manager.get_or_create(slug=slug, defaults=values)
