"""Filling the gaps of a text (QTI: textEntryInteraction)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenOption, FrozenQuestion, in_language
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response, ShownPart, written

GAP = re.compile(r"\[\[(\d{1,2})\]\]")


class Gaps(QuestionType):
    """The first option is what fits gap [[1]], and so on: several answers are separated by ``|``, in each language."""

    template = "assessment/types/gaps.html"

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        gaps = {str(number): written(form, f"gap-{number}") for number in range(1, len(question.options) + 1)}
        gaps = {number: text for number, text in gaps.items() if text}
        if not gaps:
            raise AnswerRefused("empty")
        return {"gaps": gaps, "language": language}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        right = [_fits(option, number, response) for number, option in enumerate(question.options, start=1)]
        return Decimal(sum(right)) / len(right) if right else Decimal(0)

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        gaps = response.get("gaps", {})
        # What is right is told in the language in which the gaps were filled.
        spoken = response.get("language", language)
        return [
            Line(
                text=str(number),
                given=gaps.get(str(number), ""),
                right=" / ".join(accepted(option, spoken)),
                is_given=str(number) in gaps,
                is_right=_fits(option, number, response),
                feedback=in_language(option.feedback, language),
            )
            for number, option in enumerate(question.options, start=1)
        ]

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return "[,]".join(response["gaps"].get(str(number), "") for number in range(1, len(question.options) + 1))

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        gaps = response.get("gaps", {})
        pieces = GAP.split(in_language(question.text, language))
        parts = [
            ShownPart("", piece, gaps.get(piece, "")) if index % 2 else ShownPart(piece)
            for index, piece in enumerate(pieces)
        ]
        return {"parts": parts}


def accepted(option: FrozenOption, language: str) -> list[str]:
    """All answers that fit a gap in a language; the English ones where the language has none."""
    return [variant.strip() for variant in in_language(option.text, language).split("|") if variant.strip()]


def _fits(option: FrozenOption, number: int, response: Response) -> bool:
    given = plain(response.get("gaps", {}).get(str(number), ""))
    return bool(given) and given in {plain(variant) for variant in accepted(option, response.get("language", "en"))}


def plain(text: str) -> str:
    """Words as they are compared: without case, marks over vowels in Arabic, or width; one space between words."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    letters = (character for character in folded if not "\u064b" <= character <= "\u0652" and character != "\u0640")
    return " ".join("".join(letters).replace("’", "'").split()).rstrip(".。")
