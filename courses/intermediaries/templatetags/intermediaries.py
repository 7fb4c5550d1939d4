from django import template

from courses.catalogue.models import Course
from courses.intermediaries.models import QualificationTrack, Standing

register = template.Library()


@register.filter
def standing_label(value: str) -> str:
    return str(Standing(value).label)


@register.simple_tag
def qualifications_of(course: Course) -> list[QualificationTrack]:
    """The qualifications that ask for a course. One query."""
    return list(QualificationTrack.objects.filter(courses=course))
