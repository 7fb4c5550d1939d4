"""The law library in every language; laws themselves come with ``manage.py import_laws``."""

from pathlib import Path
from typing import Any

from cms.languages.starter import publish
from cms.pages.models import HomePage
from cms.statutes.models import LawIndexPage
from cms.vocabulary.data import Texts, read_languages

FOLDER = Path(__file__).parent


def load() -> None:
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    publish(home, LawIndexPage, "laws", read_languages(FOLDER / "index"), _index_fields)


def _index_fields(texts: Texts) -> dict[str, Any]:
    return {"title": texts["title"], "summary": texts["summary"]}
