"""Which questions an attempt asks, and in which order: drawn by the quiz's blueprint when it begins."""

from collections.abc import Sequence
from random import Random

from django.db.models import QuerySet

from courses.assessment.content import freeze, thaw
from courses.assessment.models import Attempt, AttemptQuestion, Draw, Question, Quiz
from courses.assessment.types import TYPES


def draw(quiz: Quiz, random: Random) -> list[Question]:
    """The questions for one attempt. None comes twice, whatever the lines of the blueprint overlap in."""
    taken: dict[int, Question] = {}
    for line in quiz.activity.draws.all():
        stock = [question for question in candidates(line).prefetch_related("options") if question.pk not in taken]
        chosen = random.sample(stock, min(line.number, len(stock))) if line.number else stock
        taken |= {question.pk: question for question in chosen}
    questions = list(taken.values())
    if quiz.shuffles_questions:
        random.shuffle(questions)
    return questions


def candidates(line: Draw) -> QuerySet[Question]:
    """The questions that a line of the blueprint may draw, in the bank's order."""
    wanted = {
        "topic": line.topic_id,
        "competence": line.competence_id,
        "difficulty": line.difficulty,
    }
    questions = Question.objects.filter(bank=line.bank_id, is_retired=False)
    questions = questions.filter(**{name: value for name, value in wanted.items() if value})
    return questions.order_by("sort_order", "pk")


def ask(attempt: Attempt, questions: Sequence[Question], random: Random) -> None:
    """Stores the questions of a new attempt, frozen as they stand today."""
    contents = freeze(questions)
    shuffled = attempt.quiz.shuffles_options
    rows = []
    for position, question in enumerate(questions, start=1):
        content = contents[question.pk]
        order = TYPES[question.kind].order(thaw(content.content), random, shuffled=shuffled)
        rows.append(AttemptQuestion(attempt=attempt, position=position, content=content, order=order))
    AttemptQuestion.objects.bulk_create(rows)
