"""What every type of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from django.utils.datastructures import MultiValueDict

from courses.assessment.content import FrozenQuestion, in_language

Response = dict[str, Any]
# Longer than any honest answer; what is longer is refused before it is looked at.
MOST_CHARACTERS = 10_000


class AnswerRefused(Exception):
    """The answer cannot be taken; ``code`` says why.

    It is one of closed, forged, empty, incomplete, too-many, too-long, not-a-number and future.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ShownOption:
    """An option as a learner sees it before handing in: nothing tells whether it is right."""

    key: str
    text: str
    is_chosen: bool = False
    value: str = ""


@dataclass(frozen=True)
class ShownPart:
    """A piece of a text with gaps: words, or a gap with what was filled in."""

    text: str
    gap: str = ""
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One line of an answer that was marked: what was given, what is right, and why."""

    text: str
    given: str
    right: str
    is_given: bool
    is_right: bool
    feedback: str = ""


class QuestionType(ABC):
    """One type: ``template`` shows it, the methods read and mark it."""

    template: str
    takes_several = False
    is_marked_by_a_person = False

    def order(self, question: FrozenQuestion, random: Random, *, shuffled: bool) -> list[str]:
        """Keys of the options in the order in which this attempt shows them."""
        keys = [option.key for option in question.options]
        if shuffled:
            random.shuffle(keys)
        return keys

    @abstractmethod
    def read(self, question: FrozenQuestion, form: "MultiValueDict[str, str]", language: str) -> Response:
        """The answer in a form as it is stored. ``AnswerRefused`` where it is none."""

    @abstractmethod
    def fraction(self, question: FrozenQuestion, response: Response) -> Decimal | None:
        """How much of the question is right, from 0 to 1; ``None`` where a person has to say."""

    @abstractmethod
    def lines(self, question: FrozenQuestion, response: Response, language: str) -> list[Line]:
        """The answer beside what is right, for after the quiz."""

    @abstractmethod
    def text_of(self, question: FrozenQuestion, response: Response) -> str:
        """The answer as xAPI writes it (cmi.interaction: items by ``[,]``, pairs by ``[.]``)."""

    def shown(
        self, question: FrozenQuestion, order: Sequence[str], response: Response, language: str
    ) -> Mapping[str, Any]:
        """What the template needs: no key to the right answer is in it."""
        chosen = response.get("options", [])
        options = [question.option(key) for key in order]
        return {
            "options": [
                ShownOption(option.key, in_language(option.text, language), option.key in chosen)
                for option in options
                if option
            ]
        }


def written(form: "MultiValueDict[str, str]", name: str) -> str:
    """A text from a form without space around it; ``AnswerRefused`` where it is far too long."""
    text = form.get(name) or ""
    if len(text) > MOST_CHARACTERS:
        raise AnswerRefused("too-long")
    return text.strip()
