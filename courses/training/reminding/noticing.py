"""What there is to tell. Each thing is told once, however often this runs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from cms.directory.models import Membership, Organisation
from cms.directory.roles import Role
from courses.credentials.models import Certificate
from courses.training.models import Notice, Obligation

# Days before a qualification expires. The tightest that has come is told; the ones before it were, or are late.
EXPIRY_STEPS = (90, 60, 30, 7)
# What was over for so long was told; a site that was off for less catches up.
LOOKING_BACK = timedelta(days=60)
AT_ONCE = 2000


def notice_all(now: datetime) -> int:
    """Everything that is due to be told now; how many notices that made."""
    made = [*_deadlines(now), *_expiries(now), *_escalations(now)]
    return keep(made)


def keep(notices: Iterable[Notice]) -> int:
    """Stores those that were not told before; how many."""
    before = Notice.objects.count()
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=500)
    return Notice.objects.count() - before


def nudge(obligations: Iterable[Obligation], day: date) -> int:
    """A coordinator's reminder: at most one a day for each person and plan. How many are told."""
    return keep(
        Notice(
            person_id=row.learner_id,
            kind=Notice.Kind.NUDGE,
            key=f"nudge:{row.plan_id}:{row.starts_on}:{day}",
            plan_id=row.plan_id,
            organisation_id=row.organisation_id,
            day=row.due_on,
        )
        for row in obligations
    )


def _deadlines(now: datetime) -> Iterable[Notice]:
    """Seven days and one day before the deadline, and once it is over. Nothing while the plan is quiet."""
    rows = Obligation.objects.open().filter(
        begins_at__lte=now,
        due_at__range=(now - LOOKING_BACK, now + timedelta(days=8)),
        plan__is_in_force=True,
        learner__is_active=True,
    )
    for row in rows.select_related("organisation").iterator(chunk_size=AT_ONCE):
        left = (row.due_on - timezone.localdate(now, row.organisation.zone)).days
        if left > 7:
            continue
        kind = Notice.Kind.OVERDUE if left < 0 else Notice.Kind.TOMORROW if left <= 1 else Notice.Kind.SOON
        yield Notice(
            person_id=row.learner_id,
            kind=kind,
            key=f"{kind}:{row.plan_id}:{row.starts_on}:{row.due_on}",
            plan_id=row.plan_id,
            organisation_id=row.organisation_id,
            day=row.due_on,
        )


def _expiries(now: datetime) -> Iterable[Notice]:
    """Qualifications that expire, unless they were renewed."""
    today = timezone.localdate(now)
    renewed = Certificate.objects.filter(
        enrolment__learner=OuterRef("enrolment__learner"),
        enrolment__course=OuterRef("enrolment__course"),
        enrolment__round__gt=OuterRef("enrolment__round"),
    )
    found = Certificate.objects.filter(
        ~Exists(renewed),
        revocation__isnull=True,
        expires_on__range=(today, today + timedelta(days=EXPIRY_STEPS[0])),
        enrolment__learner__is_active=True,
    )
    for certificate in found.select_related("enrolment").iterator(chunk_size=AT_ONCE):
        assert certificate.expires_on is not None
        left = (certificate.expires_on - today).days
        step = min(step for step in EXPIRY_STEPS if left <= step)
        yield Notice(
            person_id=certificate.enrolment.learner_id,
            kind=Notice.Kind.EXPIRING,
            key=f"expiring:{certificate.pk}:{step}",
            certificate=certificate,
            day=certificate.expires_on,
        )


def _escalations(now: datetime) -> Iterable[Notice]:
    """One notice for each coordinator, plan and unit, once somebody there is overdue for as long as the plan says."""
    rows = Obligation.objects.open().filter(due_at__lte=now, plan__is_in_force=True, learner__is_active=True)
    groups = (
        rows.order_by()
        .values_list("plan_id", "organisation_id", "starts_on", "due_on", "due_at", "plan__escalation_days")
        .annotate(people=Count("pk"))
    )
    overdue = [
        (plan, unit, starts_on, due_on, people)
        for plan, unit, starts_on, due_on, due_at, days, people in groups
        if due_at + timedelta(days=days) <= now <= due_at + timedelta(days=days) + LOOKING_BACK
    ]
    coordinators = _coordinators({unit for _plan, unit, *_rest in overdue})
    for plan, unit, starts_on, due_on, people in overdue:
        for person in coordinators[unit]:
            yield Notice(
                person_id=person,
                kind=Notice.Kind.ESCALATION,
                key=f"escalation:{plan}:{unit}:{starts_on}:{due_on}",
                plan_id=plan,
                organisation_id=unit,
                day=due_on,
                count=people,
            )


def _coordinators(units: set[int]) -> dict[int, set[int]]:
    """Those of the unit itself, else of the nearest body above it that has any."""
    held = Membership.objects.in_force().filter(role=Role.COORDINATOR, user__is_active=True)
    by_path: dict[str, set[int]] = defaultdict(set)
    for path, person in held.values_list("organisation__path", "user_id"):
        by_path[path].add(person)
    found: dict[int, set[int]] = defaultdict(set)
    for unit in Organisation.objects.filter(pk__in=units):
        steps = range(len(unit.path), 0, -Organisation.steplen)
        found[unit.pk] = next((by_path[unit.path[:step]] for step in steps if unit.path[:step] in by_path), set())
    return found
