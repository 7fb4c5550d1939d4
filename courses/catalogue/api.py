"""What other rooms ask of the catalogue."""

from decimal import Decimal
from math import ceil

from django.db.models import Prefetch, QuerySet
from django.utils.formats import number_format
from django.utils.translation import ngettext

from courses.catalogue.models import Activity, Course, Module
from courses.catalogue.outline import Step, steps_of
from courses.catalogue.versions import activities_of, outline_of, publish

__all__ = [
    "Step",
    "activities_of",
    "credit_hours_text",
    "outline_of",
    "publish",
    "published_courses",
    "steps_of",
    "with_outline",
]


def published_courses() -> QuerySet[Course]:
    """Courses on offer, each with its version."""
    return Course.objects.published().select_related("current")


def with_outline(courses: QuerySet[Course]) -> QuerySet[Course]:
    """The courses with modules and activities of their version at hand: two more queries whatever their number."""
    activities = Prefetch("activities", Activity.objects.order_by("sort_order"))
    modules = Module.objects.order_by("sort_order").prefetch_related(activities)
    return courses.prefetch_related(Prefetch("current__modules", modules))


def credit_hours_text(hours: Decimal) -> str:
    """Credit hours in words of the current language: 1.5 → "1.5 credit hours"."""
    # Plural forms take whole numbers; part of an hour reads as the next full hour does.
    count = ceil(hours)
    number = number_format(hours.normalize(), use_l10n=True)
    return ngettext("%(hours)s credit hour", "%(hours)s credit hours", count) % {"hours": number}
