from datetime import datetime

from django import template

from cms.campaigns.participation.models import ActivityPage, ContestPage, Entry

register = template.Library()


@register.filter
def category_of(entry: Entry, page: ContestPage) -> str:
    """The category of an entry in the language of the page; nothing where it has none."""
    names = page.category_names
    return names[entry.category - 1] if 0 < entry.category <= len(names) else ""


@register.filter
def in_zone(moment: datetime, page: ActivityPage) -> str:
    """A moment where the activity takes place, with its time zone."""
    return page.in_zone(moment)
