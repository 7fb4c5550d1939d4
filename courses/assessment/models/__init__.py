"""Question banks, the quizzes that draw from them, and the attempts that people make."""

from courses.assessment.models.attempts import Attempt, AttemptQuestion, QuestionContent
from courses.assessment.models.banks import Competence, Option, Question, QuestionBank
from courses.assessment.models.quizzes import Accommodation, Draw, Quiz

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptQuestion",
    "Competence",
    "Draw",
    "Option",
    "Question",
    "QuestionBank",
    "QuestionContent",
    "Quiz",
]
