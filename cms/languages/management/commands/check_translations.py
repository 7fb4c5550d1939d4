"""Finds interface text that some reader would see in the wrong language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

TAGS = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}|{#.*?#}|{%.*?%}|{{.*?}}",
    re.S,
)
WORD = re.compile(r"[^\W\d_]{2,}")
READ_ALOUD = {"alt", "title", "aria-label", "placeholder"}
VOID = {"meta", "link", "img", "input", "br", "hr", "source", "track", "path"}


class LiteralText(HTMLParser):
    """Collects words that stand in a template without a translation tag.

    Text inside an element with a literal ``lang`` is meant to be in that language; ``bdi`` holds names
    of formats and other words that are the same everywhere.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._exempt: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        exempt = tag in {"bdi", "script", "style"} or bool((values.get("lang") or "").strip())
        if tag not in VOID:
            self._exempt.append(exempt)
        for name in READ_ALOUD & values.keys():
            self._look_at(values[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self._exempt:
            self._exempt.pop()

    def handle_data(self, data: str) -> None:
        self._look_at(data)

    def _look_at(self, text: str) -> None:
        if WORD.search(text) and not any(self._exempt):
            self.found.append((self.getpos()[0], " ".join(text.split())))


class Command(BaseCommand):
    help = "Fails where a template holds literal text, or a message is missing, fuzzy or untranslated."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = [*self._literal_text(), *self._messages()]
        if problems:
            raise CommandError("\n".join(problems))

    def _literal_text(self) -> Iterator[str]:
        for wing in ("cms", "curriculum", "courses"):
            for file in sorted((settings.BASE_DIR / wing).rglob("templates/**/*.html")):
                for line, text in literal_text(file.read_text(encoding="utf-8")):
                    yield f"{file.relative_to(settings.BASE_DIR)}:{line}: not translatable: {text}"

    def _messages(self) -> Iterator[str]:
        """Extracts anew, compares and puts the catalogues back as they were."""
        catalogues = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
        before = {file: file.read_bytes() for file in catalogues}
        try:
            call_command(
                "makemessages",
                locale=[file.parent.parent.name for file in catalogues],
                no_location=True,
                no_wrap=True,
                ignore_patterns=[".venv", "var", "tests"],
                verbosity=0,
            )
            for file in catalogues:
                yield from self._gaps(file)
        finally:
            for file, content in before.items():
                file.write_bytes(content)

    def _gaps(self, file: Path) -> Iterator[str]:
        with file.open("rb") as stream:
            catalogue = read_po(stream)
        for message in catalogue:
            texts = message.string if isinstance(message.string, (list, tuple)) else [message.string]
            if message.id and (message.fuzzy or not all(texts)):
                yield f"{file.parent.parent.name}: not translated: {message.id}"


def literal_text(template: str) -> list[tuple[int, str]]:
    """Line and text of every literal word in a template's source."""
    parser = LiteralText()
    # Keep line numbers: each tag leaves its line breaks behind.
    parser.feed(TAGS.sub(lambda match: "\n" * match[0].count("\n"), template))
    return parser.found
