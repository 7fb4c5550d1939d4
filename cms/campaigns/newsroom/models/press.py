import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.zones import validate_time_zone

if TYPE_CHECKING:
    from datetime import datetime


class AccreditedJournalistQuerySet(models.QuerySet["AccreditedJournalist"]):
    def valid(self) -> "AccreditedJournalistQuerySet":
        """Those whose accreditation holds today."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate()), is_active=True)


class AccreditedJournalist(models.Model):
    """Somebody of the press who reads releases before their embargo ends, by a link of their own."""

    name = models.CharField(_("name"), max_length=160)
    outlet = models.CharField(_("writes for"), max_length=160)
    email = models.EmailField(_("email address"), unique=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    valid_until = models.DateField(_("accredited until"), null=True, blank=True)
    is_active = models.BooleanField(_("accredited"), default=True, help_text=_("Without it the link leads nowhere."))
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    objects = AccreditedJournalistQuerySet.as_manager()

    class Meta:
        ordering = ["outlet", "name"]
        verbose_name = _("accredited journalist")
        verbose_name_plural = _("accredited journalists")

    def __str__(self) -> str:
        return f"{self.name} ({self.outlet})"


class EmbargoNotice(models.Model):
    """The press was told of a release and of the moment until which it is not to be published. Never changed."""

    release_key = models.UUIDField(db_index=True)
    embargo_until = models.DateTimeField(_("embargo until"))
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recipients = models.ManyToManyField(AccreditedJournalist, related_name="+")

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.release_key} {self.embargo_until:%Y-%m-%d %H:%M}"

    @classmethod
    def promised(cls, release_key: uuid.UUID) -> "datetime | None":
        """The embargo the press was last told of; None where nobody was told."""
        last = cls.objects.filter(release_key=release_key).first()
        return last.embargo_until if last else None


class PressReading(models.Model):
    """Who of the press opened an embargoed release, and when: should it leak, it can be asked about."""

    journalist = models.ForeignKey(AccreditedJournalist, on_delete=models.CASCADE, related_name="readings")
    release_key = models.UUIDField(db_index=True)
    language = models.CharField(max_length=10)
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-read_at"]

    def __str__(self) -> str:
        return f"{self.journalist} {self.read_at:%Y-%m-%d %H:%M}"
