"""Mistakes teachers find in lessons, and what became of them."""

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

_link = Signer(salt="curriculum.feedback.link", sep=".")


class MistakeReportQuerySet(models.QuerySet["MistakeReport"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "MistakeReportQuerySet":
        return self.filter(reporter_id=user.pk) if user.is_authenticated else self.none()

    def followed_as(self, token: str) -> "MistakeReport | None":
        """The report a reporter's own link leads to; none where somebody changed the link."""
        try:
            return self.filter(pk=uuid.UUID(_link.unsign(token))).first()
        except (BadSignature, ValueError):
            return None


class MistakeReport(models.Model):
    """A mistake somebody found in a lesson, for the editors' queue."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        MENDED = "mended", _("mended")
        DECLINED = "declined", _("no mistake")

    class Part(models.TextChoices):
        CONTENT = "content", _("A statement is wrong")
        LANGUAGE = "language", _("Language or translation")
        WORKSHEET = "worksheet", _("Worksheet or answers")
        FILE = "file", _("A file or link does not work")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey(
        "plans.LessonPlanPage", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("lesson")
    )
    lesson_key = models.UUIDField(_("lesson"), db_index=True, editable=False)
    lesson_title = models.CharField(_("lesson"), max_length=255, editable=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, editable=False)
    version = models.CharField(_("version"), max_length=7, editable=False)
    part = models.CharField(_("what it is about"), max_length=20, choices=Part)
    message = models.TextField(_("what is wrong"), max_length=2000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mistake_reports",
        verbose_name=_("reported by"),
        editable=False,
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("answer to the teacher"), blank=True, max_length=2000)
    mended_in = models.CharField(_("mended in version"), max_length=7, blank=True)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    objects = MistakeReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("mistake reported")
        verbose_name_plural = _("mistakes reported")

    def __str__(self) -> str:
        return f"{self.lesson_title}: {self.message[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Notes when, and in which version of the lesson, the report was closed."""
        if self.status == self.Status.OPEN:
            self.closed_at = None
        elif self.closed_at is None:
            self.closed_at = timezone.now()
        if self.status == self.Status.MENDED and not self.mended_in and self.page:
            self.mended_in = self.page.version
        super().save(*args, **kwargs)

    @property
    def token(self) -> str:
        """What the reporter's link carries."""
        return _link.sign(self.pk.hex)
