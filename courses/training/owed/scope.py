"""Whom a plan binds, and why."""

from collections.abc import Collection
from dataclasses import dataclass

from courses.training.owed.facts import Assignment, Place, Rule


@dataclass(frozen=True)
class Match:
    """Why somebody is bound: as a person, by a cohort, a grade, a unit, an audience, or as everybody is."""

    because: str
    cohort: int | None = None


def binds(rule: Rule, person: int, place: Place, cohorts: Collection[int]) -> Match | None:
    """Why the plan binds a person in a place; ``None`` if it does not.

    A plan that names nobody binds all of its audiences. One that names a person or a cohort binds them whatever
    their audience; a unit or a grade only those of its audiences.
    """
    if not place.path.startswith(rule.path):
        return None
    if not rule.assignments:
        return Match("audience" if rule.audiences else "everybody") if _is_audience(rule, place) else None
    for assignment in rule.assignments:
        if match := _named(rule, assignment, person, place, cohorts):
            return match
    return None


def _is_audience(rule: Rule, place: Place) -> bool:
    return not rule.audiences or place.audience in rule.audiences


def _named(rule: Rule, assignment: Assignment, person: int, place: Place, cohorts: Collection[int]) -> Match | None:
    """All that one assignment names must be so."""
    if not place.path.startswith(assignment.path):
        return None
    if assignment.grade and assignment.grade.casefold() != place.grade.casefold():
        return None
    if assignment.person is not None:
        return Match("person") if assignment.person == person else None
    if assignment.cohort is not None:
        return Match("cohort", assignment.cohort) if assignment.cohort in cohorts else None
    if not _is_audience(rule, place):
        return None
    return Match("grade" if assignment.grade else "unit")
