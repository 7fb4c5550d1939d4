"""Who takes which course, and the plans that courses count for."""

from courses.enrolment.models.enrolments import Enrolment, EnrolmentQuerySet
from courses.enrolment.models.plans import Cohort, PlanAssignment, PlanException, TrainingPlan, TrainingPlanQuerySet

__all__ = [
    "Cohort",
    "Enrolment",
    "EnrolmentQuerySet",
    "PlanAssignment",
    "PlanException",
    "TrainingPlan",
    "TrainingPlanQuerySet",
]
