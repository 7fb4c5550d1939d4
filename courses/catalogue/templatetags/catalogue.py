from django import template
from django.utils.translation import get_language

from courses.catalogue.api import credit_hours_text
from courses.catalogue.models import Course

register = template.Library()
register.filter("credit_hours", credit_hours_text)


@register.filter
def is_in_readers_language(course: Course) -> bool:
    """Whether the course's title and summary are in the language of the page."""
    return course.is_translated_into(get_language() or "en")
