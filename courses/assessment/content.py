"""A question frozen as it stood when somebody was asked it: plain data with the texts of every language."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from courses.assessment.models import Option, Question, QuestionContent

Texts = Mapping[str, str]


@dataclass(frozen=True)
class FrozenOption:
    """An option with its key and, in every language, its text, the text it matches and its explanation."""

    key: str
    match_key: str
    text: Texts
    match: Texts
    feedback: Texts
    is_correct: bool


@dataclass(frozen=True)
class FrozenQuestion:
    """All that is needed to ask a question, to mark the answer and to explain it."""

    kind: str
    text: Texts
    feedback: Texts
    points: int
    number: Decimal | None
    tolerance: Decimal
    options: tuple[FrozenOption, ...]

    def option(self, key: str) -> FrozenOption | None:
        return next((option for option in self.options if option.key == key), None)


def in_language(texts: Texts, language: str) -> str:
    """The text in a language, else in English, as everywhere on the site."""
    return texts.get(language) or texts.get("en", "")


def freeze(questions: Iterable[Question]) -> dict[int, QuestionContent]:
    """The frozen contents of questions by their primary keys, stored where they were not yet. Three queries."""
    found = {question.pk: _content(question) for question in questions}
    rows = {
        pk: QuestionContent(digest=_digest(content), question_id=pk, content=content) for pk, content in found.items()
    }
    QuestionContent.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return rows


def thaw(content: Mapping[str, Any]) -> FrozenQuestion:
    """Stored content as a question."""
    number = content.get("number")
    options = tuple(FrozenOption(**option) for option in content["options"])
    return FrozenQuestion(
        kind=content["kind"],
        text=content["text"],
        feedback=content["feedback"],
        points=content["points"],
        number=None if number is None else Decimal(number),
        tolerance=Decimal(content.get("tolerance", "0")),
        options=options,
    )


def _content(question: Question) -> dict[str, Any]:
    content: dict[str, Any] = {
        "key": str(question.key),
        "kind": question.kind,
        "text": _texts(question, "text"),
        "feedback": _texts(question, "feedback"),
        "points": question.points,
        "options": [_option(option) for option in question.options.all()],
    }
    if question.number is not None:
        content |= {"number": str(question.number.normalize()), "tolerance": str(question.tolerance.normalize())}
    return content


def _option(option: Option) -> dict[str, Any]:
    return {
        "key": str(option.key),
        "match_key": str(option.match_key),
        "text": _texts(option, "text"),
        "match": _texts(option, "match"),
        "feedback": _texts(option, "feedback"),
        "is_correct": option.is_correct,
    }


def _texts(record: Question | Option, field: str) -> dict[str, str]:
    found = {code: getattr(record, f"{field}_{code.replace('-', '_')}") for code, _name in settings.LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
