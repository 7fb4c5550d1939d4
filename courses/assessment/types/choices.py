"""Choosing one answer, or several (QTI: choiceInteraction)."""

from decimal import Decimal
from random import Random

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenQuestion, in_language
from courses.assessment.types.base import AnswerRefused, Line, QuestionType, Response


class SingleChoice(QuestionType):
    """Exactly one option is right. True or false is the same with two options that keep their order."""

    template = "assessment/types/choice.html"

    def __init__(self, *, shuffles: bool = True) -> None:
        self.shuffles = shuffles

    def order(self, question: FrozenQuestion, random: Random, *, shuffled: bool) -> list[str]:
        return super().order(question, random, shuffled=shuffled and self.shuffles)

    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        chosen = list(dict.fromkeys(form.getlist("option")))
        if not chosen:
            raise AnswerRefused("empty")
        if any(question.option(key) is None for key in chosen):
            raise AnswerRefused("forged")
        if len(chosen) > 1 and not self.takes_several:
            raise AnswerRefused("too-many")
        return {"options": sorted(chosen)}

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        chosen = question.option(response["options"][0])
        return Decimal(bool(chosen and chosen.is_correct))

    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        chosen = response.get("options", [])
        return [
            Line(
                text=in_language(option.text, language),
                given="",
                right="",
                is_given=option.key in chosen,
                is_right=option.is_correct,
                feedback=in_language(option.feedback, language) if option.key in chosen else "",
            )
            for option in question.options
            if option.is_correct or option.key in chosen
        ]

    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        return "[,]".join(response["options"])


class MultipleChoice(SingleChoice):
    """Any number of options is right. Each right one adds its share, each wrong one takes a share away."""

    takes_several = True

    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        right = {option.key for option in question.options if option.is_correct}
        chosen = set(response["options"])
        if not right:
            return Decimal(0)
        share = Decimal(len(chosen & right) - len(chosen - right)) / len(right)
        return max(Decimal(0), share)
