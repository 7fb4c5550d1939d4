"""Numbers without surveillance: how often, of what, in which language, on which day. Never by whom.

A row is a sum. No cookie is set and no address is kept, so nothing here is personal data.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What is counted."""

    VIEW = "view", _("Views")
    DOWNLOAD = "download", _("Downloads")
    SHARE = "share", _("Shares")


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    def of(self, keys: Any) -> "DailyCountQuerySet":
        """The counts of the pages with these translation keys."""
        return self.filter(subject__in=keys)

    def between(self, first: date | None, last: date | None) -> "DailyCountQuerySet":
        """The counts from the first day to the last; None is open."""
        found = self.filter(day__gte=first) if first else self
        return found.filter(day__lte=last) if last else found

    def totals(self) -> dict[str, int]:
        """act → sum. One query."""
        return dict(self.order_by().values_list("act").annotate(total=Sum("count")))

    def total(self, act: Act) -> int:
        return self.totals().get(act, 0)


class DailyCount(models.Model):
    """How often something was done with one subject in one language on one day (UTC)."""

    day = models.DateField(_("day"))
    act = models.CharField(_("what"), max_length=10, choices=Act)
    subject = models.UUIDField(_("page, in all its languages"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    count = models.PositiveIntegerField(_("count"), default=0)

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "day", "act", "language"], name="one_count_a_day_and_language")
        ]
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")

    def __str__(self) -> str:
        return f"{self.subject} {self.day} {self.act} {self.language}: {self.count}"
