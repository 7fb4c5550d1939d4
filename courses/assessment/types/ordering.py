"""Putting things in their order (QTI: orderInteraction)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenQuestion, in_language
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response, ShownOption


class Ordering(QuestionType):
    """The options in the author's order are right. Each one at its own place counts its share."""

    template = "assessment/types/ordering.html"

    def order(self, question: FrozenQuestion, random: Random, *, shuffled: bool) -> list[str]:
        """Always shuffled: the author's order is the answer. With two or more, it never shows the answer itself."""
        right = [option.key for option in question.options]
        keys = super().order(question, random, shuffled=True)
        return keys[1:] + keys[:1] if keys == right else keys

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        given = {option.key: form.get(f"place-{option.key}") or "" for option in question.options}
        if not any(given.values()):
            raise AnswerRefused("empty")
        try:
            places = {key: int(place) for key, place in given.items()}
        except ValueError as error:
            raise AnswerRefused("incomplete") from error
        if sorted(places.values()) != list(range(1, len(places) + 1)):
            raise AnswerRefused("incomplete")
        return {"order": sorted(places, key=lambda key: places[key])}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        right = [option.key == key for option, key in zip(question.options, response["order"], strict=True)]
        return Decimal(sum(right)) / len(right) if right else Decimal(0)

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        given = response.get("order", [])
        return [
            Line(
                text=in_language(option.text, language),
                given=str(given.index(option.key) + 1) if option.key in given else "",
                right=str(place),
                is_given=option.key in given,
                is_right=given[place - 1 : place] == [option.key],
                feedback=in_language(option.feedback, language),
            )
            for place, option in enumerate(question.options, start=1)
        ]

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return "[,]".join(response["order"])

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        given = response.get("order", [])
        options = [option for key in order if (option := question.option(key))]
        places = [str(place) for place in range(1, len(options) + 1)]
        return {
            "places": places,
            "options": [
                ShownOption(
                    option.key,
                    in_language(option.text, language),
                    value=str(given.index(option.key) + 1) if option.key in given else "",
                )
                for option in options
            ],
        }
