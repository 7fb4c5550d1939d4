"""What a person could learn next: what is required, what is begun, then what the open plans would count."""

from cms.accounts.models import User
from courses.catalogue.api import published_courses
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment
from courses.training.explain import Owed

MOST = 3


def next_courses(person: User, owed: list[Owed]) -> list[Course]:
    """At most three courses; none where nothing is owed. One query, or two."""
    open_ones = [one for one in owed if one.status in ("overdue", "behind", "on-track", "upcoming")]
    required = [need.course for one in open_ones for need in one.courses if not need.is_done]
    found = list(dict.fromkeys(required))[:MOST]
    topics = {topic.pk for one in open_ones if one.obligation.hours_left > 0 for topic in one.plan.topics.all()}
    if len(found) < MOST and topics:
        begun = Enrolment.objects.of(person).filter(progress__completed_at__isnull=False).values("course")
        electives = published_courses().filter(topics__in=topics).exclude(pk__in=begun)
        electives = (
            electives.exclude(pk__in=[course.pk for course in found]).distinct().order_by("credit_hours", "slug")
        )
        found += list(electives[: MOST - len(found)])
    return found
