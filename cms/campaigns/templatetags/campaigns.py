from django import template
from django.utils.translation import get_language
from wagtail.models import Page

from cms.campaigns.dates import period_text
from cms.campaigns.parts import PartOnPage, parts_on
from cms.campaigns.phases import Period

register = template.Library()


@register.filter
def as_text(period: Period) -> str:
    """The days of a period in the reader's language: 20–26 April 2027."""
    return period_text(period, get_language() or "en")


@register.simple_tag
def campaign_parts(page: Page) -> list[PartOnPage]:
    """What else belongs to a campaign and can be read in its language."""
    return parts_on(page)
