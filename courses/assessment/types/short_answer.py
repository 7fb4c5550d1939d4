"""A few sentences that a person marks (QTI: extendedTextInteraction)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenQuestion
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response, written


class ShortAnswer(QuestionType):
    """What is right is said by a marker; until then the attempt has no result."""

    template = "assessment/types/short_answer.html"
    is_marked_by_a_person = True

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        text = written(form, "text")
        if not text:
            raise AnswerRefused("empty")
        return {"text": text, "language": language}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        return None

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        return []

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return str(response["text"])

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        return {"value": response.get("text", "")}
