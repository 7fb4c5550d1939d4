"""Who belongs to which organisation, from when until when, and what they may do there."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.directory.models.organisations import Organisation
from cms.directory.roles import Role, holds, today
from cms.vocabulary.models import Audience

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, on: date | None = None) -> "MembershipQuerySet":
        """Those that hold on a day: today, if none is named."""
        return self.filter(holds(on))

    def learners(self) -> "MembershipQuerySet":
        """Those who are counted as learners: no educator, coordinator or administrator is one by that role."""
        return self.filter(role=Role.LEARNER)

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "MembershipQuerySet":
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class Membership(models.Model):
    """A person's place in an organisation for a time, and what they may do there."""

    Role = Role

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.LEARNER)
    starts_on = models.DateField(_("first day"), default=today)
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty while it lasts."))
    post = models.CharField(_("post"), max_length=120, blank=True, help_text=_("E.g. Head of section."))
    grade = models.CharField(
        pgettext_lazy("post", "grade"), max_length=60, blank=True, help_text=_("E.g. 4, or Division chief.")
    )
    audience = models.ForeignKey(
        Audience, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("audience")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_lasting_membership_per_role",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "starts_on"], name="one_membership_per_role_and_first_day"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "role", "ends_on", "starts_on", "user"], name="members_of_a_unit")
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"

    def clean(self) -> None:
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Change one of them.")})

    def is_in_force(self, on: date | None = None) -> bool:
        day = on or today()
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class StaffNumber(models.Model):
    """The number by which an employer's rosters name a person; it stays theirs, whatever name or unit becomes."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_numbers")
    number = models.CharField(_("staff number"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="staff_number_once_per_employer"),
            models.UniqueConstraint(fields=["organisation", "user"], name="one_staff_number_per_employer"),
        ]
        verbose_name = _("staff number")
        verbose_name_plural = _("staff numbers")

    def __str__(self) -> str:
        return self.number
