"""The types of questions: how each is asked, read, marked and explained. One class each, named by its kind."""

from courses.assessment.models import Question
from courses.assessment.types.base import AnswerRefused, QuestionType, Response
from courses.assessment.types.choices import MultipleChoice, SingleChoice
from courses.assessment.types.gaps import Gaps
from courses.assessment.types.matching import Matching
from courses.assessment.types.numeric import Numeric
from courses.assessment.types.ordering import Ordering
from courses.assessment.types.short_answer import ShortAnswer

__all__ = ["TYPES", "AnswerRefused", "QuestionType", "Response"]

TYPES: dict[str, QuestionType] = {
    Question.Kind.SINGLE: SingleChoice(),
    Question.Kind.MULTIPLE: MultipleChoice(),
    Question.Kind.TRUE_FALSE: SingleChoice(shuffles=False),
    Question.Kind.MATCHING: Matching(),
    Question.Kind.ORDERING: Ordering(),
    Question.Kind.GAPS: Gaps(),
    Question.Kind.NUMERIC: Numeric(),
    Question.Kind.SHORT_ANSWER: ShortAnswer(),
}
