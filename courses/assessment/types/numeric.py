"""A number, right within a tolerance (QTI: textEntryInteraction with a float)."""

import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.formats import number_format
from django.utils.translation import override

from courses.assessment.content import FrozenQuestion, in_language
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response, written

SPACES = str.maketrans("", "", " \u00a0\u202f\u066c'’_")
LONGEST = 40
# French and Russian group by spaces, so that point and comma both are decimal marks.
GROUPED_BY = {"en": ",", "zh-hans": ",", "es": ".", "ar": ","}


class Numeric(QuestionType):
    """Right from number − tolerance to number + tolerance, both included."""

    template = "assessment/types/numeric.html"

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        text = written(form, "number")
        if not text:
            raise AnswerRefused("empty")
        return {"number": str(read_number(text, language)), "text": text}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        if question.number is None:
            return Decimal(0)
        return Decimal(abs(Decimal(response["number"]) - question.number) <= question.tolerance)

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        with override(language):
            right = number_format(question.number, use_l10n=True) if question.number is not None else ""
            if question.tolerance:
                right = f"{right} ± {number_format(question.tolerance, use_l10n=True)}"
        is_right = bool(response) and self.fraction(question, response) == 1
        feedback = in_language(question.options[0].feedback, language) if question.options else ""
        return [Line("", response.get("text", ""), right, bool(response), is_right, feedback)]

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return str(response["number"])

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        return {"value": response.get("text", "")}


def read_number(text: str, language: str) -> Decimal:
    """A number as people write it: 1,234.5 in English, 1.234,5 in Spanish, 1 234,5 in French, in any script's digits.

    A lone grouping mark that is not followed by three digits is a decimal mark. ``AnswerRefused`` for anything
    that is no number.
    """
    group = GROUPED_BY.get(language, "")
    mark = "," if group == "." else "."
    plain = "".join(_ascii(character, mark) for character in unicodedata.normalize("NFKC", text)).translate(SPACES)
    if len(plain) > LONGEST:
        raise AnswerRefused("not-a-number")
    if not group:
        plain = plain.replace(",", ".")
    elif mark not in plain and plain.count(group) == 1 and len(plain.rpartition(group)[2]) != 3:
        plain = plain.replace(group, ".")
    else:
        plain = plain.replace(group, "").replace(mark, ".")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise AnswerRefused("not-a-number") from error
    if not number.is_finite() or abs(number.adjusted()) > 20:
        raise AnswerRefused("not-a-number")
    return number


def _ascii(character: str, mark: str) -> str:
    if character in "\u066b−":  # the Arabic decimal mark, the minus sign of print
        return mark if character == "\u066b" else "-"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
