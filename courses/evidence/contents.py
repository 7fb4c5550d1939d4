"""What an auditor gets: transcript, standing, enrolments, events, certificates and the rules in force."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.forms.models import model_to_dict

from cms.tables.api import csv_lines
from courses.credentials.models import Certificate, CreditEntry
from courses.enrolment.models import Enrolment, PlanException, TrainingPlan
from courses.evidence.models import Evidence
from courses.records.chain import content_of
from courses.records.models import Statement
from courses.training.models import Obligation

AT_ONCE = 2000


def transcript(evidence: Evidence) -> Iterator[str]:
    """Every line of the ledger that was earned in the period and in these units."""
    entries = (
        CreditEntry.objects.filter(
            organisation__path__startswith=evidence.organisation.path,
            earned_on__range=(evidence.starts_on, evidence.ends_on),
        )
        .filter(Q(learner__in=bound(evidence)) if evidence.plan else Q())
        .select_related("learner", "organisation", "certificate", "author", "course")
        .order_by("earned_on", "pk")
    )
    header = ["person", "email", "unit", "day", "what", "source", "hours", "course", "certificate", "reason", "author"]
    rows = (
        [
            entry.learner.name,
            entry.learner.email,
            entry.organisation or "",
            entry.earned_on.isoformat(),
            entry.title("en"),
            entry.source,
            f"{entry.hours:f}",
            entry.course.slug if entry.course else "",
            entry.certificate.printed_code if entry.certificate else "",
            entry.reason,
            entry.author or "",
        ]
        for entry in entries.iterator(chunk_size=AT_ONCE)
    )
    return csv_lines(header, rows)


def standing(evidence: Evidence) -> Iterator[str]:
    """What each person owed in the period, and how far they have come."""
    rows = (
        obligations(evidence)
        .with_status()
        .select_related("learner", "organisation", "plan")
        .order_by("organisation__path", "learner__name", "pk")
    )
    header = ["person", "email", "unit", "grade", "plan", "first_day", "due", "hours_required", "hours_earned"]
    header += ["hours_carried", "courses_required", "courses_done", "done_at", "status", "because", "reductions"]
    lines = (
        [
            row.learner.name,
            row.learner.email,
            row.organisation,
            row.grade,
            row.plan.slug,
            row.starts_on.isoformat(),
            row.due_on.isoformat(),
            f"{row.hours_required:f}",
            f"{row.hours_earned:f}",
            f"{row.hours_carried:f}",
            str(row.courses_required),
            str(row.courses_done),
            row.done_at.isoformat() if row.done_at else "",
            row.status,
            row.because,
            json.dumps(row.reductions),
        ]
        for row in rows.iterator(chunk_size=AT_ONCE)
    )
    return csv_lines(header, lines)


def enrolments(evidence: Evidence) -> Iterator[str]:
    """Whose each chain of events is."""
    found = _enrolments(evidence).select_related("learner", "organisation", "course", "version").order_by("pk")
    rows = (
        [
            str(one.pk),
            one.learner.name,
            one.learner.email,
            one.organisation or "",
            one.course.slug,
            str(one.version.number),
            str(one.round),
            one.enrolled_at.isoformat(),
        ]
        for one in found.iterator(chunk_size=AT_ONCE)
    )
    return csv_lines(["enrolment", "person", "email", "unit", "course", "version", "round", "enrolled_at"], rows)


def events(evidence: Evidence) -> Iterator[str]:
    """The whole record of every enrolment in which something happened in the period: a chain has no middle."""
    statements = Statement.objects.filter(enrolment__in=_enrolments(evidence)).order_by("enrolment_id", "sequence")
    for statement in statements.iterator(chunk_size=AT_ONCE):
        line = content_of(statement) | {"hash": statement.hash}
        yield json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n"


def certificates(evidence: Evidence) -> Iterator[str]:
    found = Certificate.objects.filter(enrolment__in=_enrolments(evidence)).in_full().order_by("issued_at", "pk")
    for one in found.iterator(chunk_size=AT_ONCE):
        line = {
            "code": one.printed_code,
            "holder": one.holder_name,
            "enrolment": str(one.enrolment_id),
            "course": one.course_titles,
            "credit_hours": f"{one.credit_hours:f}",
            "score": one.score,
            "issued_at": one.issued_at.isoformat(),
            "expires_on": one.expires_on.isoformat() if one.expires_on else None,
            "revoked_at": one.revocation.revoked_at.isoformat() if one.is_revoked else None,
        }
        yield json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n"


def rules(evidence: Evidence) -> Iterator[str]:
    """The plans as they are now, with their assignments and the exceptions that touch the period."""
    plans = TrainingPlan.objects.filter(pk__in=obligations(evidence).order_by().values("plan").distinct())
    if evidence.plan_id:
        plans = TrainingPlan.objects.filter(pk=evidence.plan_id)
    found = [_plan(plan) for plan in plans.order_by("slug")]
    exceptions = PlanException.objects.filter(
        organisation__path__startswith=evidence.organisation.path,
        plan__in=plans,
        learner__in=bound(evidence),
        starts_on__lte=evidence.ends_on,
        ends_on__gte=evidence.starts_on,
    ).select_related("learner", "author", "withdrawn_by", "plan")
    taken = [_exception(one) for one in exceptions.order_by("pk")]
    yield json.dumps({"plans": found, "exceptions": taken}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


# --- within ---------------------------------------------------------------------------------------------
def obligations(evidence: Evidence) -> Any:
    found = Obligation.objects.filter(
        organisation__path__startswith=evidence.organisation.path,
        starts_on__lte=evidence.ends_on,
        due_on__gte=evidence.starts_on,
    )
    return found.filter(plan=evidence.plan_id) if evidence.plan_id else found


def bound(evidence: Evidence) -> QuerySet:
    """The people who owed something."""
    return obligations(evidence).order_by().values("learner")


def _enrolments(evidence: Evidence) -> QuerySet[Enrolment]:
    zone = evidence.organisation.zone
    first = datetime.combine(evidence.starts_on, time(), zone)
    after = datetime.combine(evidence.ends_on + timedelta(days=1), time(), zone)
    found = Enrolment.objects.filter(organisation__path__startswith=evidence.organisation.path)
    if evidence.plan_id:
        found = found.filter(learner__in=bound(evidence))
    active = Statement.objects.filter(stored_at__gte=first, stored_at__lt=after).order_by().values("enrolment")
    return found.filter(pk__in=active)


def _plan(plan: TrainingPlan) -> dict[str, Any]:
    plain = model_to_dict(plan, exclude=["id", "audiences", "courses", "topics", "organisation"])
    return {name: _json(value) for name, value in plain.items()} | {
        "organisation": plan.organisation.slug if plan.organisation else None,
        "audiences": sorted(audience.slug for audience in plan.audiences.all()),
        "courses": sorted(course.slug for course in plan.courses.all()),
        "topics": sorted(topic.slug for topic in plan.topics.all()),
        "assignments": [str(assignment) for assignment in plan.assignments.all()],
    }


def _exception(one: PlanException) -> dict[str, Any]:
    return {
        "person": one.learner.name,
        "email": one.learner.email,
        "plan": one.plan.slug,
        "kind": one.kind,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "percent": one.percent,
        "reason": one.reason,
        "author": str(one.author),
        "created_at": one.created_at.isoformat(),
        "withdrawn_by": str(one.withdrawn_by) if one.withdrawn_by else None,
        "withdrawn_at": one.withdrawn_at.isoformat() if one.withdrawn_at else None,
    }


def _json(value: object) -> object:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def period_of(day: date) -> tuple[date, date]:
    """The calendar year of a day: what a form proposes."""
    return date(day.year, 1, 1), date(day.year, 12, 31)
