"""Enrolling people in courses."""

from cms.accounts.models import User
from cms.directory.models import Membership
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment


def enrol(learner: User, course: Course) -> Enrolment:
    """The learner's enrolment in the course's current version, made if there is none: pressing twice enrols once.

    It counts for the organisation the learner joined last, a learner's membership before any other role. Raises
    ``ValueError`` for a course that was never published.
    """
    if course.current is None:
        raise ValueError("Nobody can enrol in a course that was never published.")
    memberships = Membership.objects.filter(user=learner).order_by("-joined_at")
    membership = memberships.filter(role=Membership.Role.LEARNER).first() or memberships.first()
    enrolment, _created = Enrolment.objects.get_or_create(
        learner=learner,
        course=course,
        defaults={"organisation": membership.organisation if membership else None, "version": course.current},
    )
    return enrolment
