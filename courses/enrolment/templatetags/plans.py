from django import template

from courses.catalogue.models import Course
from courses.enrolment.models import TrainingPlan

register = template.Library()


@register.simple_tag
def plans_of(course: Course) -> list[tuple[TrainingPlan, bool]]:
    """The plans in force that a course counts for, and whether it is required in each. Two queries."""
    plans = list(TrainingPlan.objects.counting(course))
    required = set(course.plans.values_list("pk", flat=True)) if plans else set()
    return [(plan, plan.pk in required) for plan in plans]
