from django import template
from wagtail.models import Page

from curriculum.library.tally import shown_tallies

register = template.Library()


@register.simple_tag
def times_taught(page: Page) -> int | None:
    """How often a lesson was taught; none where that may not be told."""
    return shown_tallies([page]).get(page.translation_key)
