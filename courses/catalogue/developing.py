"""Which courses on offer develop a competence."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.competences.developing import Offer
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course


def courses(descriptors: Collection[int]) -> dict[int, list[Offer]]:
    pairs = Course.develops.through.objects.filter(descriptor_id__in=descriptors).values_list(
        "descriptor_id", "course_id"
    )
    offered = {course.pk: course for course in published_courses().filter(develops__in=descriptors).distinct()}
    found: dict[int, list[Offer]] = {}
    for descriptor, key in pairs:
        if key in offered:
            course = offered[key]
            url = reverse("catalogue:course", args=[course.slug])
            found.setdefault(descriptor, []).append(Offer(_("Course"), str(course), url))
    return found
