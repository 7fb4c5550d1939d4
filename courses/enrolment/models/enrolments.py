"""Who takes which course, in which version, and for which organisation."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from courses.catalogue.models import Course, CourseVersion

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "EnrolmentQuerySet":
        """The person's own enrolments."""
        return self.filter(learner_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "EnrolmentQuerySet":
        """Enrolments earned in the organisations the user coordinates, and no others."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Enrolment(models.Model):
    """One person in one course. The organisation is the one in which they were a learner when they enrolled.

    A qualification that expires is renewed in another ``round``: the completion and the certificate of the one
    before stay as they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    round = models.PositiveSmallIntegerField(default=1)
    enrolled_at = models.DateTimeField(auto_now_add=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at"]
        constraints = [
            models.UniqueConstraint(fields=["learner", "course", "round"], name="enrolled_once_per_course_and_round")
        ]
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")

    def __str__(self) -> str:
        return f"{self.learner} · {self.course}"
