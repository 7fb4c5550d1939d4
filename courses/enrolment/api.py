"""Enrolling people in courses."""

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from courses.catalogue.models import Course
from courses.enrolment.models import Enrolment


def enrol(learner: User, course: Course) -> Enrolment:
    """The learner's enrolment in the course's current version, made if there is none: pressing twice enrols once.

    It counts for the organisation that the learner joined last as a learner: who teaches or administers there is
    none. Raises ``ValueError`` for a course that was never published.
    """
    return Enrolment.objects.filter(learner=learner, course=course).order_by("-round").first() or _enrol(
        learner, course, 1
    )


def renew(enrolment: Enrolment) -> Enrolment:
    """The next round of a course whose certificate expires; pressing twice makes one. All is done anew in it."""
    return _enrol(enrolment.learner, enrolment.course, enrolment.round + 1)


def home_of(learner: User) -> Organisation | None:
    """The organisation in which a person is a learner today: the one they joined last."""
    membership = (
        Membership.objects.learners()
        .in_force()
        .filter(user=learner)
        .order_by("-starts_on", "-pk")
        .select_related("organisation")
        .first()
    )
    return membership.organisation if membership else None


def _enrol(learner: User, course: Course, number: int) -> Enrolment:
    if course.current is None:
        raise ValueError("Nobody can enrol in a course that was never published.")
    enrolment, _created = Enrolment.objects.get_or_create(
        learner=learner,
        course=course,
        round=number,
        defaults={"organisation": home_of(learner), "version": course.current},
    )
    return enrolment
