from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from courses.catalogue.models import Activity


class LiveSession(models.Model):
    """When and where people meet. With an event, checking in there is attending here."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="live_sessions")
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    base = models.ForeignKey(
        "bases.TrainingBase",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("training base"),
    )
    url = models.URLField(_("address online"), blank=True)
    event = models.ForeignKey(
        "events.EventPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("event"),
        help_text=_("Whoever is checked in there has attended, under the same email address."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity"], name="one_live_session_per_activity"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="live_session_ends_after_it_begins"),
        ]
        verbose_name = _("live session")
        verbose_name_plural = _("live sessions")

    def __str__(self) -> str:
        return f"{self.activity} {self.starts_at:%Y-%m-%d %H:%M}"

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("A session ends after it has begun.")})
