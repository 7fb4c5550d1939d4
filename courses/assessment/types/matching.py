"""Saying what belongs to what (QTI: matchInteraction)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenQuestion, in_language
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response, ShownOption


class Matching(QuestionType):
    """Each option has one text that belongs to it. Every right pair counts its share."""

    template = "assessment/types/matching.html"

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        matches = {option.match_key for option in question.options}
        pairs = {option.key: form.get(f"match-{option.key}") or "" for option in question.options}
        pairs = {key: match for key, match in pairs.items() if match}
        if not pairs:
            raise AnswerRefused("empty")
        if not set(pairs.values()) <= matches:
            raise AnswerRefused("forged")
        return {"pairs": pairs}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        right = [_is_right(question, option.key, response["pairs"].get(option.key)) for option in question.options]
        return Decimal(sum(right)) / len(right) if right else Decimal(0)

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        texts = {option.match_key: in_language(option.match, language) for option in question.options}
        pairs = response.get("pairs", {})
        return [
            Line(
                text=in_language(option.text, language),
                given=texts.get(pairs.get(option.key, ""), ""),
                right=in_language(option.match, language),
                is_given=option.key in pairs,
                is_right=_is_right(question, option.key, pairs.get(option.key)),
                feedback=in_language(option.feedback, language),
            )
            for option in question.options
        ]

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return "[,]".join(f"{key}[.]{match}" for key, match in sorted(response["pairs"].items()))

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        pairs = response.get("pairs", {})
        # Words that belong to two options are offered once, in an order that tells nothing.
        offered = {in_language(option.match, language): option.match_key for option in question.options}
        return {
            "options": [
                ShownOption(option.key, in_language(option.text, language), value=pairs.get(option.key, ""))
                for option in question.options
            ],
            "matches": [ShownOption(key, text) for text, key in sorted(offered.items())],
        }


def _is_right(question: FrozenQuestion, key: str, match_key: str | None) -> bool:
    """Whether the texts agree: the same words may belong to two options."""
    option = question.option(key)
    given = next((other for other in question.options if other.match_key == match_key), None)
    return bool(option and given and given.match.get("en") == option.match.get("en"))
