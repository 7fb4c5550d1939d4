"""Questions as a learner sees them: before handing in without the key, afterwards with what may be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from courses.assessment.content import FrozenQuestion, in_language, thaw
from courses.assessment.models import AttemptQuestion
from courses.assessment.types import TYPES
from courses.assessment.types.base import Line, QuestionType
from courses.assessment.types.gaps import GAP


@dataclass(frozen=True)
class Asked:
    """A question to be answered. Nothing in it tells what is right."""

    position: int
    text: str
    points: int
    type: QuestionType
    is_answered: bool
    parts: Mapping[str, Any]


@dataclass(frozen=True)
class Marked:
    """A question of an attempt that was handed in. ``fraction`` is ``None`` while it waits for a marker."""

    position: int
    text: str
    points: int
    earned: Decimal | None
    fraction: Decimal | None
    lines: list[Line]
    answer: str
    feedback: str
    comment: str
    is_choice: bool

    @property
    def is_right(self) -> bool:
        return self.fraction == 1


def asked(row: AttemptQuestion, language: str) -> Asked:
    question = thaw(row.content.content)
    found = TYPES[question.kind]
    return Asked(
        position=row.position,
        text=_task(question, language),
        points=question.points,
        type=found,
        is_answered=row.response is not None,
        parts=found.shown(question, row.order, row.response or {}, language),
    )


def marked(row: AttemptQuestion, language: str, *, revealed: bool) -> Marked:
    """The question with its result; what is right and why only where ``revealed``."""
    question = thaw(row.content.content)
    found = TYPES[question.kind]
    response = row.response or {}
    return Marked(
        position=row.position,
        text=_title(question, language),
        points=question.points,
        earned=None if row.fraction is None else (row.fraction * question.points).normalize(),
        fraction=row.fraction,
        lines=found.lines(question, response, language) if revealed else [],
        answer=str(response.get("text", "")) if found.is_marked_by_a_person else "",
        feedback=in_language(question.feedback, language) if revealed else "",
        comment=row.comment,
        is_choice=found.template.endswith("choice.html"),
    )


def _task(question: FrozenQuestion, language: str) -> str:
    """What is to be done: a text with gaps is itself the task."""
    text = in_language(question.text, language)
    return gettext("Fill in the gaps.") if GAP.search(text) else text


def _title(question: FrozenQuestion, language: str) -> str:
    """The question's text; gaps stand as lines where the text itself is not filled in."""
    return GAP.sub("____", in_language(question.text, language))
