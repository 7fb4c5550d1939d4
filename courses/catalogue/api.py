"""What other rooms ask of the catalogue."""

from decimal import Decimal
from math import ceil

from django.db.models import Prefetch, QuerySet
from django.utils.formats import number_format
from django.utils.translation import ngettext

from courses.catalogue.models import Activity, Course, Module


def published_courses() -> QuerySet[Course]:
    """Published courses with modules and activities at hand: three queries whatever their number."""
    activities = Prefetch("activities", Activity.objects.order_by("sort_order"))
    modules = Prefetch("modules", Module.objects.order_by("sort_order").prefetch_related(activities))
    return Course.objects.published().prefetch_related(modules)


def activities_of(course: Course) -> list[Activity]:
    """All activities of a course in the order in which they are done."""
    return list(
        Activity.objects.filter(module__course=course)
        .select_related("module")
        .order_by("module__sort_order", "sort_order")
    )


def credit_hours_text(hours: Decimal) -> str:
    """Credit hours in words of the current language: 1.5 → "1.5 credit hours"."""
    # Plural forms take whole numbers; part of an hour reads as the next full hour does.
    count = ceil(hours)
    number = number_format(hours.normalize(), use_l10n=True)
    return ngettext("%(hours)s credit hour", "%(hours)s credit hours", count) % {"hours": number}
