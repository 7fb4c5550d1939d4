"""What other rooms ask of the catalogue."""

from django.db.models import Prefetch, QuerySet

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
