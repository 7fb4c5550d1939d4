"""Quizzes: what is drawn, how answers are kept, and what they are worth."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.http import QueryDict
from django.utils import timezone

from courses.assessment import api
from courses.assessment.attempts import drawing
from courses.assessment.content import thaw
from courses.assessment.models import Accommodation, Attempt, Draw, Question
from courses.assessment.types import TYPES
from courses.assessment.types.numeric import read_number
from tests import factories
from tests.factories import bank_of, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    return factories.QuizFactory()


def form(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return query


def options(question, *numbers):
    every = list(question.options.order_by("sort_order"))
    return [str(every[number - 1].key) for number in numbers]


def choose(attempt, position, question, *numbers, **values):
    return api.answer(attempt, position, form(option=options(question, *numbers)), "en", **values)


def result_of(quiz, learner, question, filled, language="en"):
    """What a single answer comes to, handed in."""
    attempt = api.begin(quiz, learner)
    api.answer(attempt, 1, filled, language)
    return api.submit(attempt)


def test_beginning_twice_begins_once(quiz, learner):
    make_question(bank_of(quiz))
    assert api.begin(quiz, learner) == api.begin(quiz, learner)
    assert Attempt.objects.count() == 1


# --- types -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "correct", "chosen", "points"),
    [
        (Question.Kind.SINGLE, (2,), (2,), "1"),
        (Question.Kind.SINGLE, (2,), (1,), "0"),
        (Question.Kind.MULTIPLE, (1, 3), (1, 3), "1"),
        (Question.Kind.MULTIPLE, (1, 3), (1,), "0.5"),
        (Question.Kind.MULTIPLE, (1, 3), (1, 2, 3), "0.5"),
        (Question.Kind.MULTIPLE, (1, 3), (2,), "0"),
        (Question.Kind.TRUE_FALSE, (1,), (1,), "1"),
    ],
)
def test_choices(quiz, learner, kind, correct, chosen, points):
    question = make_question(bank_of(quiz), kind, correct)
    assert result_of(quiz, learner, question, form(option=options(question, *chosen))).points == Decimal(points)


@pytest.mark.parametrize(("pairs", "points"), [((1, 2, 3), "3"), ((1, 3, 2), "1"), ((2, 3, 1), "0")])
def test_matching_gives_a_share_for_every_pair(quiz, learner, pairs, points):
    texts, matches = ("patent", "trade mark", "copyright"), ("20 years", "10 years", "life and 50 years")
    question = make_question(bank_of(quiz), Question.Kind.MATCHING, (), texts=texts, matches=matches, points=3)
    rows = list(question.options.order_by("sort_order"))
    filled = {f"match-{rows[index].key}": str(rows[number - 1].match_key) for index, number in enumerate(pairs)}
    assert result_of(quiz, learner, question, form(**filled)).points.quantize(Decimal("0.01")) == Decimal(points)


def test_the_same_words_match_twice(quiz, learner):
    texts, matches = ("a poem", "a patent", "a song"), ("copyright", "patent law", "copyright")
    question = make_question(bank_of(quiz), Question.Kind.MATCHING, (), texts=texts, matches=matches)
    rows = list(question.options.order_by("sort_order"))
    shown = api.asked(api.questions_of(api.begin(quiz, learner))[0], "en").parts["matches"]
    assert sorted(option.text for option in shown) == ["copyright", "patent law"]
    by_text = {option.text: option.key for option in shown}
    filled = {f"match-{row.key}": by_text[row.match_en] for row in rows}
    assert result_of(quiz, learner, question, form(**filled)).points == 1


@pytest.mark.parametrize(("places", "points"), [("123", "1"), ("132", "0.333"), ("312", "0")])
def test_ordering_gives_a_share_for_every_place(quiz, learner, places, points):
    question = make_question(bank_of(quiz), Question.Kind.ORDERING, (), texts=("search", "file", "grant"))
    rows = question.options.order_by("sort_order")
    filled = {f"place-{row.key}": place for row, place in zip(rows, places, strict=True)}
    assert result_of(quiz, learner, question, form(**filled)).points.quantize(Decimal("0.001")) == Decimal(points)


def test_ordering_is_never_shown_in_the_right_order(quiz):
    question = make_question(bank_of(quiz), Question.Kind.ORDERING, (), texts=("one", "two"))
    right = [str(option.key) for option in question.options.order_by("sort_order")]
    frozen = thaw(drawing.freeze([question])[question.pk].content)
    orders = [TYPES[question.kind].order(frozen, Random(seed), shuffled=False) for seed in range(20)]
    assert all(order != right for order in orders)


@pytest.mark.parametrize(
    ("language", "first", "second", "points"),
    [
        ("en", "Patent", "20", "1"),
        ("en", " patent ", "twenty", "1"),
        ("en", "patent", "50", "0.5"),
        ("fr", "brevet d'invention", "vingt", "1"),
        ("fr", "patent", "vingt", "0.5"),
        ("ar", "بَرَاءَة", "20", "1"),
        ("zh-hans", "专利", "２０", "1"),
    ],
)
def test_gaps_take_the_variants_of_the_language_in_which_they_were_filled(
    quiz, learner, language, first, second, points
):
    question = make_question(
        bank_of(quiz), Question.Kind.GAPS, (), texts=("patent", "20|twenty"), text_en="A [[1]] lasts [[2]] years."
    )
    gap, years = question.options.order_by("sort_order")
    gap.text_fr, gap.text_ar, gap.text_zh_hans = "brevet|brevet d’invention", "براءة", "专利|专利权"
    years.text_fr = "20|vingt"
    gap.save()
    years.save()
    filled = form(gap_1=first, gap_2=second)
    assert result_of(quiz, learner, question, filled, language).points == Decimal(points)


def test_a_text_with_gaps_is_shown_in_parts(quiz, learner):
    make_question(bank_of(quiz), Question.Kind.GAPS, (), texts=("patent",), text_en="A [[1]] is granted.")
    asked = api.asked(api.questions_of(api.begin(quiz, learner))[0], "en")
    assert [(part.text, part.gap) for part in asked.parts["parts"]] == [("A ", ""), ("", "1"), (" is granted.", "")]
    assert "patent" not in str(asked.parts)


@pytest.mark.parametrize(
    ("language", "typed", "points"),
    [
        ("en", "20", 1),
        ("en", "20.5", 1),
        ("en", "20.51", 0),
        ("en", "19,5", 1),
        ("fr", "20,5", 1),
        ("es", "19,5", 1),
        ("ar", "٢٠٫٥", 1),
        ("zh-hans", "２０", 1),
        ("en", "1,020", 0),
    ],
)
def test_a_number_is_right_within_its_tolerance(quiz, learner, language, typed, points):
    values = {"number": Decimal(20), "tolerance": Decimal("0.5")}
    question = make_question(bank_of(quiz), Question.Kind.NUMERIC, (), count=0, **values)
    assert result_of(quiz, learner, question, form(number=typed), language).points == points


@pytest.mark.parametrize(
    ("language", "typed", "number"),
    [
        ("en", "1,234.5", "1234.5"),
        ("es", "1.234,5", "1234.5"),
        ("fr", "1 234,5", "1234.5"),
        ("ru", "−3,5", "-3.5"),
        ("es", "20.5", "20.5"),
        ("ar", "١٬٢٣٤", "1234"),
    ],
)
def test_numbers_are_read_as_people_write_them(language, typed, number):
    assert read_number(typed, language) == Decimal(number)


@pytest.mark.parametrize("typed", ["twenty", "1e999999", "NaN", "Infinity", "1" * 50, "--1", "0x10"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(api.AnswerRefused, match="not-a-number"):
        read_number(typed, "en")


def test_a_short_answer_waits_for_a_person_who_marks_it_once(quiz, learner):
    question = make_question(bank_of(quiz), Question.Kind.SHORT_ANSWER, (), count=0, points=4)
    attempt = result_of(quiz, learner, question, form(text="Because it is new."))
    assert attempt.passed is None
    waiting = api.waiting().get()
    marker = factories.UserFactory()
    marked = api.mark(waiting, Decimal("0.75"), "Name the filing date, too.", marker)
    assert (marked.points, marked.passed) == (3, True)
    again = api.mark(waiting, Decimal(0), "No.", factories.UserFactory())
    assert (again.points, again.passed) == (3, True)
    assert not api.waiting().exists()


# --- marks and results -----------------------------------------------------------------------------------
def test_it_passes_at_the_pass_mark(quiz, learner):
    questions = [make_question(bank_of(quiz)) for _number in range(5)]
    attempt = api.begin(quiz, learner)
    for index, question in enumerate(questions):
        choose(attempt, index + 1, question, 1 if index < 3 else 2)
    result = api.submit(attempt)
    assert (result.percent, result.passed) == (60, True)


def test_a_question_without_answer_counts_as_wrong(quiz, learner):
    make_question(bank_of(quiz))
    result = api.submit(api.begin(quiz, learner))
    assert (result.points, result.points_possible, result.passed) == (0, 1, False)


def test_a_quiz_without_questions_does_not_begin(quiz, learner):
    with pytest.raises(api.AttemptRefused, match="no-questions"):
        api.begin(quiz, learner)


def test_handing_in_again_changes_nothing(quiz, learner):
    question = make_question(bank_of(quiz))
    attempt = api.begin(quiz, learner)
    choose(attempt, 1, question, 1)
    first = api.submit(attempt)
    assert api.submit(attempt).submitted_at == first.submitted_at


def test_a_question_changed_afterwards_is_marked_as_it_was_asked(quiz, learner):
    question = make_question(bank_of(quiz))
    attempt = api.begin(quiz, learner)
    choose(attempt, 1, question, 1)
    question.options.filter(sort_order=1).update(is_correct=False)
    question.delete()
    assert api.submit(attempt).points == 1


@pytest.mark.parametrize(("grading", "percent"), [("best", 100), ("last", 0), ("average", 50)])
def test_what_counts_of_several_attempts(quiz, learner, grading, percent):
    quiz.grading = grading
    quiz.save()
    question = make_question(bank_of(quiz))
    for chosen in (1, 2):
        attempt = api.begin(quiz, learner)
        choose(attempt, 1, question, chosen)
        api.submit(attempt)
    attempts = list(api.attempts_of(quiz, learner))
    assert api.result(quiz, attempts).percent == percent


# --- drawing ---------------------------------------------------------------------------------------------
def stocked(quiz, easy=6, hard=4):
    bank = bank_of(quiz)
    for difficulty, number in (("easy", easy), ("hard", hard)):
        for _number in range(number):
            make_question(bank, difficulty=difficulty)
    return bank


def blueprint(quiz, *lines):
    bank = bank_of(quiz)
    quiz.activity.draws.all().delete()
    for order, (difficulty, number) in enumerate(lines):
        Draw.objects.create(activity=quiz.activity, bank=bank, difficulty=difficulty, number=number, sort_order=order)
    return type(quiz).objects.select_related("activity").get(pk=quiz.pk)


def test_it_draws_by_the_blueprint_and_never_one_twice(quiz, learner):
    stocked(quiz)
    quiz = blueprint(quiz, ("easy", 3), ("hard", 2), ("", 4))
    drawn = drawing.draw(quiz, Random(1))
    assert len({question.pk for question in drawn}) == 9
    assert sum(question.difficulty == "easy" for question in drawn[:5]) == 3
    assert api.number_of_questions(quiz.activity) == 9


def test_different_attempts_draw_differently(quiz):
    stocked(quiz, easy=30)
    quiz = blueprint(quiz, ("easy", 5))
    assert len({tuple(question.pk for question in drawing.draw(quiz, Random(seed))) for seed in range(10)}) > 5


def test_a_retired_question_is_not_drawn(quiz, learner):
    make_question(bank_of(quiz), is_retired=True)
    kept = make_question(bank_of(quiz))
    assert drawing.draw(quiz, Random(1)) == [kept]


def test_options_are_shuffled_and_stay_so_for_the_attempt(quiz, learner):
    quiz.shuffles_options = True
    quiz.save()
    make_question(bank_of(quiz), count=8)
    attempt = api.begin(quiz, learner)
    first, again = ([option.key for option in shown(attempt)] for _time in range(2))
    assert first == again
    orders = {tuple(TYPES["single"].order(frozen(attempt), Random(seed), shuffled=True)) for seed in range(9)}
    assert len(orders) > 5


def frozen(attempt):
    return thaw(attempt.questions.first().content.content)


def shown(attempt):
    return api.asked(api.questions_of(attempt)[0], "en").parts["options"]


# --- saving ----------------------------------------------------------------------------------------------
@pytest.fixture
def question(quiz):
    return make_question(bank_of(quiz))


@pytest.fixture
def attempt(quiz, question, learner):
    return api.begin(quiz, learner)


def kept(attempt):
    return attempt.questions.get(position=1)


def test_a_second_answer_replaces_the_first(attempt, question):
    choose(attempt, 1, question, 2)
    choose(attempt, 1, question, 1)
    assert kept(attempt).response == {"options": options(question, 1)}
    assert api.submit(attempt).points == 1


def test_an_older_answer_that_arrives_late_changes_nothing(attempt, question):
    now = timezone.now()
    choose(attempt, 1, question, 1, given_at=now)
    choose(attempt, 1, question, 2, given_at=now - timedelta(seconds=0.001))
    choose(attempt, 1, question, 2, given_at=now - timedelta(minutes=5))
    assert kept(attempt).response == {"options": options(question, 1)}


def test_the_same_answer_sent_again_is_stored_once(attempt, question):
    at = timezone.now()
    choose(attempt, 1, question, 1, given_at=at)
    stored = kept(attempt).answered_at
    choose(attempt, 1, question, 1, given_at=at)
    assert kept(attempt).answered_at == stored


def refusal(attempt, filled, position=1):
    with pytest.raises(api.AnswerRefused) as refused:
        api.answer(attempt, position, filled, "en")
    return refused.value.code


def test_it_refuses_an_option_of_another_question(quiz, attempt, question):
    other = make_question(bank_of(quiz))
    assert refusal(attempt, form(option=options(other, 1))) == "forged"


def test_it_refuses_a_question_that_is_not_in_the_attempt(attempt, question):
    assert refusal(attempt, form(option=options(question, 1)), position=2) == "forged"


def test_it_refuses_two_options_for_a_single_answer(attempt, question):
    assert refusal(attempt, form(option=options(question, 1, 2))) == "too-many"


def test_it_refuses_an_empty_answer(attempt):
    assert refusal(attempt, form()) == "empty"


def test_it_refuses_an_endless_answer_and_keeps_the_one_before(quiz, learner):
    make_question(bank_of(quiz), Question.Kind.SHORT_ANSWER, (), count=0)
    attempt = api.begin(quiz, learner)
    api.answer(attempt, 1, form(text="short"), "en")
    assert refusal(attempt, form(text="x" * 10_001)) == "too-long"
    assert kept(attempt).response["text"] == "short"


def test_an_answer_after_handing_in_is_refused_but_kept(attempt, question):
    choose(attempt, 1, question, 1)
    api.submit(attempt)
    assert refusal(attempt, form(option=options(question, 2))) == "closed"
    assert kept(attempt).response == {"options": options(question, 1)}
    assert kept(attempt).late_response == {"options": options(question, 2)}
    choose(attempt, 1, question, 1)  # sent again: it is the one that counts


# --- time ------------------------------------------------------------------------------------------------
@pytest.fixture
def at(monkeypatch):
    """Sets the clock: minutes from now."""
    start = timezone.now()

    def set_clock(minutes):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(minutes=minutes))

    set_clock(0)
    return set_clock


@pytest.fixture
def limited(quiz):
    quiz.time_limit = 10
    quiz.save()
    return quiz


def test_time_runs_out_on_the_server_after_a_grace(limited, question, learner, at):
    attempt = api.begin(limited, learner)
    at(10.9)
    choose(attempt, 1, question, 1)  # a minute of grace for what is on its way
    at(11.1)
    assert refusal(attempt, form(option=options(question, 2))) == "closed"
    assert api.open_attempt(limited, learner) is None
    attempt.refresh_from_db()
    assert attempt.points == 1
    assert attempt.submitted_at == attempt.ends_at


def test_extra_time_is_given_to_whom_it_was_granted(limited, question, learner, at):
    Accommodation.objects.create(learner=learner, extra_time=50, reason="dyslexia")
    attempt = api.begin(limited, learner)
    at(15.5)
    choose(attempt, 1, question, 1)
    other = api.begin(limited, factories.UserFactory())
    assert other.ends_at - other.started_at == timedelta(minutes=10)


def test_what_is_granted_for_a_quiz_goes_before_what_is_granted_for_all(quiz, learner, at):
    key = quiz.activity.key
    later = timezone.now() + timedelta(days=7)
    Accommodation.objects.create(learner=learner, extra_attempts=1, reason="illness")
    Accommodation.objects.create(learner=learner, activity_key=key, due_at=later, reason="illness")
    quiz.due_at, quiz.attempts_allowed = timezone.now(), 1
    allowed = api.allowance(quiz, learner, key)
    assert (allowed.attempts, allowed.due_at) == (2, later)


def test_an_attempt_ends_with_the_deadline(limited, question, learner, at):
    limited.due_at = timezone.now() + timedelta(minutes=5)
    limited.save()
    attempt = api.begin(limited, learner)
    assert attempt.ends_at == limited.due_at
    at(7)
    with pytest.raises(api.AttemptRefused, match="over"):
        api.begin(limited, learner)
    attempt.refresh_from_db()
    assert attempt.submitted_at == limited.due_at


def test_attempts_are_counted(quiz, question, learner):
    quiz.attempts_allowed = 2
    quiz.save()
    for _number in range(2):
        api.submit(api.begin(quiz, learner))
    with pytest.raises(api.AttemptRefused, match="none-left"):
        api.begin(quiz, learner)


# --- what is told ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reveal", "attempts", "passes", "is_told"),
    [
        ("submitted", 0, False, True),
        ("finished", 0, False, False),
        ("finished", 0, True, True),
        ("finished", 1, False, True),
        ("never", 1, True, False),
        ("due", 1, True, False),
    ],
)
def test_answers_are_told_when_the_rule_says_so(quiz, question, learner, reveal, attempts, passes, is_told):
    quiz.reveal, quiz.attempts_allowed = reveal, attempts
    quiz.due_at = timezone.now() + timedelta(hours=1) if reveal == "due" else None
    quiz.save()
    attempt = api.begin(quiz, learner)
    choose(attempt, 1, question, 1 if passes else 2)
    api.submit(attempt)
    allowed = api.allowance(quiz, learner, quiz.activity.key)
    done = list(api.attempts_of(quiz, learner))
    assert api.reveals(quiz, allowed, done, timezone.now()) is is_told
    row = api.questions_of(attempt)[0]
    assert bool(api.marked(row, "en", revealed=is_told).lines) is is_told


def test_feedback_of_the_chosen_option_is_told(quiz, question, learner):
    question.options.filter(sort_order=2).update(feedback_en="Selling comes later.")
    attempt = api.begin(quiz, learner)
    choose(attempt, 1, question, 2)
    api.submit(attempt)
    lines = api.marked(api.questions_of(attempt)[0], "en", revealed=True).lines
    assert [line.feedback for line in lines if line.is_given] == ["Selling comes later."]
