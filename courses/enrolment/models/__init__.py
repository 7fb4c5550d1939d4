"""Who takes which course, and the plans that courses count for."""

from courses.enrolment.models.enrolments import Enrolment, EnrolmentQuerySet
from courses.enrolment.models.plans import TrainingPlan

__all__ = ["Enrolment", "EnrolmentQuerySet", "TrainingPlan"]
