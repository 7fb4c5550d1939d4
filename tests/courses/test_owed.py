"""What is owed, by when, and what counts for it: the rules, on paper."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from courses.training.owed.earned import counts, earned
from courses.training.owed.facts import Assignment, Exemption, Period
from courses.training.owed.periods import period_of
from courses.training.owed.required import required
from courses.training.owed.scope import binds
from tests.courses.training import YEAR, line, place, rule

TODAY = date(2026, 6, 15)
BEGINS = datetime(2025, 12, 31, 16, tzinfo=UTC)


def walk(found, lines, owed="12", carried="0", period=YEAR, today=TODAY):
    return earned(found, period, lines, owed=Decimal(owed), carried=Decimal(carried), today=today, begins=BEGINS)


# --- whom a plan binds ----------------------------------------------------------------------------------
def test_a_plan_binds_its_audiences_below_the_body_that_issued_it():
    plan = rule(path="0001", audiences=frozenset({7}))
    assert binds(plan, 1, place(audience=7), ()).because == "audience"
    assert binds(plan, 1, place(audience=8), ()) is None
    assert binds(plan, 1, place(path="0002", audience=7), ()) is None
    assert binds(rule(), 1, place(), ()).because == "everybody"


@pytest.mark.parametrize(
    ("assignment", "because"),
    [
        (Assignment(path="00010002"), "unit"),
        (Assignment(path="00010003"), None),
        (Assignment(path="0001", grade="division CHIEF"), "grade"),
        (Assignment(path="0001", grade="Clerk"), None),
        (Assignment(cohort=5), "cohort"),
        (Assignment(cohort=6), None),
        (Assignment(person=1), "person"),
        (Assignment(person=2), None),
    ],
)
def test_an_assignment_binds_only_those_whom_it_names(assignment, because):
    match = binds(rule(assignments=(assignment,)), 1, place(grade="Division chief"), {5})
    assert (match.because if match else None) == because


def test_a_unit_is_asked_for_its_audience_a_named_person_is_not():
    plan = rule(audiences=frozenset({7}), assignments=(Assignment(path="0001"), Assignment(person=1)))
    assert binds(plan, 2, place(audience=8), ()) is None
    assert binds(plan, 1, place(audience=8), ()).because == "person"


# --- periods --------------------------------------------------------------------------------------------
def test_a_calendar_year_binds_from_its_first_day_or_after_the_quiet_days():
    assert period_of(rule(), place(), TODAY) == YEAR
    late = period_of(rule(quiet_days=30), place(joined_on=date(2026, 5, 1)), TODAY)
    assert late == Period(date(2026, 1, 1), date(2026, 5, 31), date(2026, 12, 31))


def test_a_year_comes_again_only_if_the_plan_says_so():
    assert period_of(rule(), place(), date(2027, 2, 1)) == YEAR
    assert period_of(rule(is_recurring=True), place(), date(2027, 2, 1)).due_on == date(2027, 12, 31)
    assert period_of(rule(year=2027), place(), TODAY) is None
    assert period_of(rule(), place(joined_on=date(2027, 1, 5)), date(2027, 2, 1)) is None


def test_an_account_made_in_advance_is_quiet_until_the_first_day():
    assert period_of(rule(), place(joined_on=date(2026, 9, 1)), TODAY) is None
    newcomer = rule(period="joining", days=30, quiet_days=14)
    found = period_of(newcomer, place(joined_on=date(2026, 6, 10)), TODAY)
    assert found == Period(date(2026, 6, 10), date(2026, 6, 24), date(2026, 7, 24))


@pytest.mark.parametrize(
    ("joined", "today", "start", "due"),
    [
        (date(2025, 3, 1), TODAY, date(2026, 3, 1), date(2027, 2, 28)),
        (date(2025, 9, 1), TODAY, date(2025, 9, 1), date(2026, 8, 31)),
        (date(2024, 2, 29), date(2026, 2, 28), date(2026, 2, 28), date(2027, 2, 27)),
        (date(2025, 6, 15), TODAY, date(2026, 6, 15), date(2027, 6, 14)),
    ],
)
def test_a_rolling_year_begins_on_each_anniversary(joined, today, start, due):
    found = period_of(rule(period="rolling", year=2024), place(joined_on=joined), today)
    assert (found.starts_on, found.due_on) == (start, due)


def test_leave_gives_newcomers_more_time_each_day_once():
    leaves = [
        Exemption("leave", date(2026, 6, 12), date(2026, 6, 14)),
        Exemption("leave", date(2026, 6, 14), date(2026, 6, 15)),
    ]
    found = period_of(rule(period="joining", days=30), place(joined_on=date(2026, 6, 10)), TODAY, leaves)
    assert found.due_on == date(2026, 7, 14)


# --- how much -------------------------------------------------------------------------------------------
def test_half_a_year_of_leave_takes_half_of_the_hours():
    found = required(rule(), YEAR, [Exemption("leave", date(2026, 1, 1), date(2026, 7, 2))])
    assert found.hours == 6
    assert found.reductions == (("leave", Decimal(6)),)


def test_part_time_owes_its_part_and_the_strongest_exception_of_a_day_holds():
    half = Exemption("part-time", date(2026, 1, 1), date(2026, 12, 31), Decimal("0.5"))
    assert required(rule(), YEAR, [half]).hours == 6
    assert required(rule(), YEAR, [half, half]).hours == 6
    away = Exemption("leave", date(2026, 1, 1), date(2026, 12, 31))
    assert required(rule(), YEAR, [away, half]).hours == 0
    assert required(rule(), YEAR, [Exemption("leave", date(2026, 1, 1), date(2026, 7, 2)), half]).hours == 3
    assert required(rule(hours=Decimal(0)), YEAR, [half]).is_exempt is False


def test_an_exemption_on_the_last_day_lifts_the_plan():
    found = required(rule(), YEAR, [Exemption("exemption", date(2026, 11, 1), date(2026, 12, 31))])
    assert found.hours == 0
    assert found.is_exempt


def test_newcomers_owe_their_part_where_the_plan_says_so():
    late = Period(date(2026, 1, 1), date(2026, 10, 1), date(2026, 12, 31))
    assert required(rule(is_prorated=True), late, []).hours == Decimal("3.5")
    assert required(rule(), late, []).hours == 12


def test_exceptions_outside_of_the_period_change_nothing():
    found = required(rule(), YEAR, [Exemption("leave", date(2025, 1, 1), date(2025, 12, 31))])
    assert found.hours == 12
    assert found.reductions == ()


# --- what counts ----------------------------------------------------------------------------------------
def test_a_course_counts_once_unless_repeats_count():
    lines = [line("4", course=1), line("4", date(2026, 4, 1), course=1), line("2", course=2)]
    assert walk(rule(), lines).hours == 6
    assert walk(rule(counts_repeats=True), lines).hours == 10


def test_hours_count_in_the_period_in_which_they_were_earned():
    lines = [line("4", date(2025, 12, 31)), line("4", date(2026, 1, 1)), line("4", date(2027, 1, 1))]
    assert walk(rule(), lines).hours == 4


def test_electives_are_about_a_topic_and_for_an_audience():
    plan = rule(topics=frozenset({"patents"}), audience_slugs=frozenset({"cadres"}), courses=frozenset({9}))
    assert counts(plan, line("1", topics=frozenset({"patents"}), audiences=frozenset({"cadres"})))
    assert not counts(plan, line("1", topics=frozenset({"patents"}), audiences=frozenset({"pupils"})))
    assert not counts(plan, line("1", topics=frozenset({"designs"}), audiences=frozenset({"cadres"})))
    assert counts(plan, line("1", course=9, topics=frozenset({"designs"})))
    assert counts(plan, line("1", source="event", topics=frozenset({"patents"})))
    assert not counts(plan, line("1", source="event", topics=frozenset({"designs"})))
    assert not counts(rule(courses=frozenset({9})), line("1", course=8))


def test_a_correction_for_one_plan_counts_for_no_other():
    assert counts(rule(), line("1", source="correction", plan=1))
    assert not counts(rule(), line("1", source="correction", plan=2))


def test_below_the_minimum_score_a_course_does_not_count():
    plan = rule(minimum_score=80, courses=frozenset({1}), hours=Decimal(4))
    assert walk(plan, [line("4", course=1, score=79)], owed="4").courses == 0
    assert walk(plan, [line("4", course=1, score=80)], owed="4").done_at is not None
    assert walk(plan, [line("4", course=1, score=None)], owed="4").done_at is not None


def test_a_required_course_done_before_stays_done_while_its_certificate_holds():
    plan = rule(courses=frozenset({1}))
    before = line("4", date(2025, 5, 1), course=1)
    assert walk(plan, [before], owed="0").courses == 1
    assert walk(plan, [before], owed="0").hours == 0
    expired = line("4", date(2025, 5, 1), course=1, valid_until=date(2026, 6, 14))
    assert walk(plan, [expired], owed="0").courses == 0


def test_what_was_revoked_counts_for_nothing():
    lines = [line("4", course=1, certificate="a"), line("-4", course=1, certificate="a", source="correction")]
    found = walk(rule(courses=frozenset({1})), lines)
    assert (found.hours, found.courses) == (0, 0)


def test_it_is_done_when_the_line_that_was_missing_was_entered():
    lines = [line("8", date(2026, 2, 1)), line("4", date(2026, 3, 1)), line("4", date(2026, 5, 1))]
    assert walk(rule(), lines).done_at == lines[1].entered_at
    assert walk(rule(), lines[:1]).done_at is None
    taken = [*lines[:2], line("-1", date(2026, 4, 1), source="correction")]
    assert walk(rule(), taken).done_at is None


def test_what_is_carried_over_counts_first():
    assert walk(rule(), [line("8")], carried="4").done_at is not None
    assert walk(rule(), [], carried="12").done_at == BEGINS
