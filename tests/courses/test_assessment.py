import pytest

from courses.assessment import api
from courses.assessment.models import Attempt, Question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return factories.QuizFactory()


@pytest.fixture
def attempt(quiz, learner):
    return api.begin(quiz, learner)


def options(question, *numbers):
    every = list(question.options.order_by("sort_order"))
    return [every[number - 1] for number in numbers]


def test_beginning_twice_begins_once(quiz, learner):
    assert api.begin(quiz, learner) == api.begin(quiz, learner)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "correct", "chosen", "points"),
    [
        (Question.Kind.SINGLE, (2,), (2,), 1),
        (Question.Kind.SINGLE, (2,), (1,), 0),
        (Question.Kind.MULTIPLE, (1, 3), (1, 3), 1),
        (Question.Kind.MULTIPLE, (1, 3), (1,), 0),
        (Question.Kind.MULTIPLE, (1, 3), (1, 2, 3), 0),
        (Question.Kind.TRUE_FALSE, (1,), (1,), 1),
    ],
)
def test_it_grades(quiz, attempt, kind, correct, chosen, points):
    question = factories.make_question(quiz, kind, correct)
    api.answer(attempt, question, options(question, *chosen))
    assert api.submit(attempt).points == points


def test_it_passes_at_the_pass_mark(quiz, attempt):
    questions = [factories.make_question(quiz) for _number in range(5)]
    for index, question in enumerate(questions):
        api.answer(attempt, question, options(question, 1 if index < 3 else 2))
    result = api.submit(attempt)
    assert (result.percent, result.passed) == (60, True)


def test_a_question_without_answer_counts_as_wrong(quiz, attempt):
    factories.make_question(quiz)
    result = api.submit(attempt)
    assert (result.points, result.points_possible, result.passed) == (0, 1, False)


def test_a_quiz_without_questions_is_not_passed(attempt):
    assert api.submit(attempt).passed is False


def test_handing_in_again_changes_nothing(quiz, attempt):
    question = factories.make_question(quiz)
    api.answer(attempt, question, options(question, 1))
    first = api.submit(attempt)
    assert api.submit(attempt).submitted_at == first.submitted_at


def test_a_second_answer_replaces_the_first(quiz, attempt):
    question = factories.make_question(quiz)
    api.answer(attempt, question, options(question, 2))
    api.answer(attempt, question, options(question, 1))
    assert attempt.responses.count() == 1
    assert api.submit(attempt).points == 1


def refusal(attempt, question, chosen):
    with pytest.raises(api.AnswerRefused) as refused:
        api.answer(attempt, question, chosen)
    return refused.value.code


def test_it_refuses_an_option_of_another_question(quiz, attempt):
    question, other = factories.make_question(quiz), factories.make_question(quiz)
    assert refusal(attempt, question, options(other, 1)) == "forged"


def test_it_refuses_a_question_of_another_quiz(attempt):
    question = factories.make_question(factories.QuizFactory())
    assert refusal(attempt, question, options(question, 1)) == "forged"


def test_it_refuses_two_options_for_a_single_answer(quiz, attempt):
    question = factories.make_question(quiz)
    assert refusal(attempt, question, options(question, 1, 2)) == "too-many"


def test_it_refuses_an_empty_answer(quiz, attempt):
    assert refusal(attempt, factories.make_question(quiz), []) == "empty"


def test_it_refuses_answers_after_handing_in(quiz, attempt):
    question = factories.make_question(quiz)
    api.submit(attempt)
    assert refusal(attempt, question, options(question, 1)) == "closed"
