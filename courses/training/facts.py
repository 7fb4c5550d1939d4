"""Reading from the database what the rules in ``courses.training.owed`` look at: a few queries for many people."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from cms.directory.models import Membership
from courses.credentials.models import CreditEntry
from courses.enrolment.models import Cohort, PlanException, TrainingPlan
from courses.training.models import Obligation
from courses.training.owed.facts import Assignment, Exemption, Line, Place, Rule

LINE_FIELDS = [
    *("learner_id", "hours", "earned_on", "entered_at", "source", "course_id", "certificate_id", "score", "plan_id"),
    *("topics", "audiences", "certificate__expires_on"),
]


@dataclass
class Facts:
    """All that is known of some people, by their primary keys."""

    places: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    cohorts: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    lines: dict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    exemptions: dict[tuple[int, int], list[Exemption]] = field(default_factory=lambda: defaultdict(list))
    obligations: dict[int, list[Obligation]] = field(default_factory=lambda: defaultdict(list))


def rules() -> list[Rule]:
    """Every plan in force. Five queries, whatever their number."""
    plans = TrainingPlan.objects.in_force().select_related("organisation")
    return [
        _rule(plan) for plan in plans.prefetch_related("audiences", "topics", "courses", "assignments__organisation")
    ]


def _rule(plan: TrainingPlan) -> Rule:
    audiences = list(plan.audiences.all())
    return Rule(
        plan=plan.pk,
        period=plan.period,
        year=plan.year,
        hours=plan.hours,
        path=plan.organisation.path if plan.organisation else "",
        is_recurring=plan.is_recurring,
        days=plan.days or 0,
        quiet_days=plan.quiet_days,
        is_prorated=plan.is_prorated,
        minimum_score=plan.minimum_score or 0,
        counts_repeats=plan.counts_repeats,
        carry_over=plan.carry_over,
        audiences=frozenset(audience.pk for audience in audiences),
        audience_slugs=frozenset(audience.slug for audience in audiences),
        topics=frozenset(topic.slug for topic in plan.topics.all()),
        courses=frozenset(course.pk for course in plan.courses.all()),
        assignments=tuple(
            Assignment(
                path=assignment.organisation.path if assignment.organisation else "",
                grade=assignment.grade,
                cohort=assignment.cohort_id,
                person=assignment.person_id,
            )
            for assignment in plan.assignments.all()
        ),
    )


def facts_of(people: Collection[int], today: date) -> Facts:
    """Six queries for any number of people."""
    found = Facts()
    for place in _memberships(people, today):
        found.places[place[0]].append(_place(*place[1:]))
    for person, cohort in Cohort.people.through.objects.filter(user__in=people).values_list("user_id", "cohort_id"):
        found.cohorts[person].add(cohort)
    for row in CreditEntry.objects.filter(learner__in=people).order_by("entered_at", "pk").values_list(*LINE_FIELDS):
        found.lines[row[0]].append(_line(row))
    for exception in PlanException.objects.filter(learner__in=people, withdrawn_at=None):
        found.exemptions[exception.learner_id, exception.plan_id].append(
            Exemption(exception.kind, exception.starts_on, exception.ends_on, exception.part_owed)
        )
    for obligation in Obligation.objects.filter(learner__in=people).order_by("starts_on", "pk"):
        found.obligations[obligation.learner_id].append(obligation)
    return found


def _memberships(people: Collection[int], today: date) -> list[tuple]:
    fields = ("user_id", "organisation_id", "organisation__path", "organisation__time_zone", "starts_on", "grade")
    held = Membership.objects.learners().in_force(today).filter(user__in=people)
    return list(held.order_by("organisation__path", "pk").values_list(*fields, "audience_id"))


def _place(organisation: int, path: str, zone: str, joined_on: date, grade: str, audience: int | None) -> Place:
    return Place(organisation, path, ZoneInfo(zone), joined_on, grade, audience)


def _line(row: tuple) -> Line:
    *plain, topics, audiences, valid_until = row[1:]
    values = [*plain, frozenset(topics), frozenset(audiences), valid_until]
    return Line(*values)
