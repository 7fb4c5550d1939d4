"""A draft lesson plan from a filled-in template."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.accounts.models import User
from cms.vocabulary.models import LANGUAGE_COLUMNS, Licence, Topic
from curriculum.drafting.reading import Draft, Note, grades_in
from curriculum.drafting.words import LINES, TEXTS, plain, values
from curriculum.plans.models import ActivityType, LessonPlanPage, StagePage, Subject, TeachingStrategy

TERMS: dict[str, Any] = {
    "subjects": Subject,
    "topics": Topic,
    "activity_types": ActivityType,
    "teaching_strategies": TeachingStrategy,
}


class NotALesson(Exception):
    """So little was understood that there is nothing to make a draft from; the message says what is missing."""


@dataclass(frozen=True)
class Imported:
    page: LessonPlanPage
    notes: list[Note]


@transaction.atomic
def import_lesson(draft: Draft, parent: Page, user: User) -> Imported:
    """Makes a draft below ``parent``, in its language. Nothing is published.

    :raises NotALesson: the title or the steps are missing
    """
    if not draft.title:
        raise NotALesson(_("We found no title. Write it in the style “Heading 1”, as the template has it."))
    if not draft.steps:
        raise NotALesson(_("We found no table of steps. Take the table of the template and fill it in."))
    notes = list(draft.notes)
    page = LessonPlanPage(
        title=draft.title,
        slug=_slug(draft.title, parent),
        summary=draft.summary,
        live=False,
        has_unpublished_changes=True,
        owner=user,
        locale=parent.locale,
        **_facts(draft, parent, notes),
        **_contents(draft),
    )
    for name, terms in _terms(draft, notes).items():
        setattr(page, name, terms)
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action=True)
    return Imported(page, sorted(notes, key=lambda note: note.line))


def _slug(title: str, parent: Page) -> str:
    base = slugify(title)[:80] or f"lesson-{uuid.uuid4().hex[:8]}"
    slug, number = base, 2
    while parent.get_children().filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def _contents(draft: Draft) -> dict[str, Any]:
    return {
        **{name: [("line", line) for line in draft.lines.get(name, [])] for name in LINES},
        **{name: "\n".join(draft.texts.get(name, []))[: 300 if name == "big_idea" else None] for name in TEXTS},
        "steps": [("step", step) for step in draft.steps],
        "worksheets": [("worksheet", _worksheet(sheet)) for sheet in draft.worksheets],
    }


def _worksheet(sheet: dict[str, Any]) -> dict[str, Any]:
    parts = [(kind, {"rows": value} if kind == "grid" else value) for kind, value in sheet["content"]]
    return {"title": sheet["title"], "content": parts}


def _facts(draft: Draft, parent: Page, notes: list[Note]) -> dict[str, Any]:
    facts = draft.facts
    planned = sum(step["minutes"] for step in draft.steps)
    written = re.search(r"\d+", facts.get("minutes", ""))
    if written and int(written[0]) != planned:
        message = _("The steps take %(planned)d minutes together. We wrote that.") % {"planned": planned}
        notes.append(Note(0, facts["minutes"], message))
    grades = grades_in(facts["grades"]) if "grades" in facts else (None, None)
    if grades is None:
        notes.append(Note(0, facts["grades"], _("Grades are numbers such as 3 or 3–4. They were left out.")))
    first, last = grades or (None, None)
    return {
        "stage": _stage(draft, parent, notes),
        "minutes": planned,
        "grade_from": first,
        "grade_to": last if last and first and last >= first else first,
        "bloom_level": _value("bloom_level", facts, notes),
        "licence": _licence(facts.get("licence", ""), notes),
    }


def _stage(draft: Draft, parent: Page, notes: list[Note]) -> str:
    """The stage the place in the tree says; only where it says none, that of the document."""
    above = StagePage.objects.ancestor_of(parent, inclusive=True).first()
    written = _value("stage", draft.facts, notes)
    return above.stage if above else written or "secondary"


def _value(name: str, facts: dict[str, str], notes: list[Note]) -> str:
    text = facts.get(name, "")
    value = values(name).get(plain(text), "")
    if text and not value:
        notes.append(Note(0, text, _("We do not know this value. It was left out.")))
    return value


def _licence(text: str, notes: list[Note]) -> Licence | None:
    if not text:
        return None
    found: Licence | None = Licence.objects.filter(_called(text) | Q(spdx__iexact=text.strip())).first()
    if found is None:
        notes.append(Note(0, text, _("We do not know this licence. Write its name or its SPDX identifier.")))
    return found


def _terms(draft: Draft, notes: list[Note]) -> dict[str, list[Any]]:
    """The terms the document names, in whichever language it names them."""
    found: dict[str, list[Any]] = {}
    for name, model in TERMS.items():
        for word in re.split(r"[,;，、；،\n]", draft.facts.get(name, "")):
            if not word.strip():
                continue
            term = model.objects.filter(_called(word)).first()
            if term is None:
                notes.append(Note(0, word.strip(), _("We do not know this term. It was left out.")))
            else:
                found.setdefault(name, []).append(term)
    return found


def _called(word: str) -> Q:
    condition = Q(slug__iexact=word.strip())
    for code in LANGUAGE_COLUMNS:
        condition |= Q(**{f"title_{code}__iexact": word.strip()})
    return condition
