"""Statutes from Markdown files into pages: all of them, or none."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.languages.starter import stream
from cms.statutes.markdown import Article, Law, MalformedLaw, Problem, parse
from cms.statutes.models import LawIndexPage, LawPage
from cms.vocabulary.models import Topic
from cms.vocabulary.wordings import names_of

STATE = "中华人民共和国"
_DATE = re.compile(r"\((\d{4})-(\d{2})-(\d{2})\)$")


@dataclass
class Read:
    """A file and what stands in it."""

    file: Path
    law: Law
    version_on: date | None


class BrokenFiles(Exception):
    """Files that are no statutes; nothing was imported."""

    def __init__(self, problems: list[tuple[Path, Problem]]) -> None:
        super().__init__("\n".join(f"{file.name}, {problem}" for file, problem in problems))


def read_files(files: list[Path]) -> list[Read]:
    """Every file's statute.

    :raises BrokenFiles: with every fault of every file
    """
    found, problems = [], []
    for file in files:
        try:
            found.append(Read(file, parse(file.read_bytes()), _version_in(file.stem)))
        except MalformedLaw as error:
            problems += [(file, problem) for problem in error.problems]
        except (OSError, ValueError) as error:
            problems.append((file, Problem(1, str(error))))
    titles: dict[str, Path] = {}
    for read in found:
        if read.law.title in titles:
            message = f"{titles[read.law.title].name} has the same title."
            problems.append((read.file, Problem(1, message)))
        titles[read.law.title] = read.file
    if problems:
        raise BrokenFiles(problems)
    return found


def _version_in(name: str) -> date | None:
    """The date in a file's name: 专利法(2020-10-17)."""
    match = _DATE.search(name)
    return date(*map(int, match.groups())) if match else None


def save_all(laws: list[Read], library: LawIndexPage, publish: bool = True) -> dict[str, str]:
    """Makes or changes a page per statute, in one transaction.

    :returns: for each title what happened: new, changed, unchanged, or older (a later version is there)
    """
    topics = list(Topic.objects.all())
    with transaction.atomic():
        return {read.law.title: _save(read, library, topics, publish) for read in laws}


def _save(read: Read, library: LawIndexPage, topics: list[Topic], publish: bool) -> str:
    page = LawPage.objects.child_of(library).filter(title=read.law.title).first()
    if page and page.version_on and read.version_on and page.version_on > read.version_on:
        return "older"
    fields = _fields(read, library.locale.language_code)
    if page and all(_same(page, name, value) for name, value in fields.items()):
        return "unchanged"
    outcome = "changed" if page else "new"
    if page is None:
        page = LawPage(locale=library.locale, slug=_slug(read.law, library), live=False, **fields)
        page.topics = [topic for topic in topics if _is_about(topic, read.law.title, library.locale.language_code)]
        Page.objects.get(pk=library.pk).add_child(instance=page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.full_clean()
    revision = page.save_revision()
    if publish:
        revision.publish()
    return outcome


def _fields(read: Read, language: str) -> dict[str, Any]:
    law = read.law
    blocks = [
        ("article", {"number": part.number, "label": part.label, "text": "\n\n".join(part.paragraphs)})
        if isinstance(part, Article)
        else ("heading", {"level": part.level, "label": part.label, "title": part.title})
        for part in law.body
    ]
    return {
        "title": law.title,
        "short_title": law.title.removeprefix(STATE),
        "kind": LawPage.Kind.LAW if law.title.endswith("法") else LawPage.Kind.REGULATION,
        "version_on": read.version_on,
        "history": "\n".join(law.history),
        "body": stream(f"laws/{law.title}", *blocks),
    }


def _same(page: LawPage, name: str, value: Any) -> bool:
    if name == "body":
        return list(page.body.raw_data) == value
    return bool(getattr(page, name) == value)


def _slug(law: Law, library: LawIndexPage) -> str:
    """The short title; Wagtail's addresses may hold any letter."""
    base = slug = re.sub(r"[^\w]+", "-", law.title.removeprefix(STATE)).strip("-")[:80]
    number = 2
    while library.get_children().filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def _is_about(topic: Topic, title: str, language: str) -> bool:
    return any(name in title for name in names_of(topic, language))
