from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.jobs.models import Job


class TranslationOrder(Job):
    """Everything of a campaign, sent to the translators of every language."""

    campaign_key = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("order for translation")
        verbose_name_plural = _("orders for translation")

    def __str__(self) -> str:
        return f"{self.campaign_key} {self.created_at:%Y-%m-%d %H:%M}"

    @classmethod
    def going_on(cls, key: UUID) -> "TranslationOrder | None":
        """The order that is being carried out for a campaign, if there is one."""
        last = cls.objects.filter(campaign_key=key).first()
        return last if last and last.is_going_on and not last.is_stuck else None
