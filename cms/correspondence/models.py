"""Who asked to be written to, about what, in which language; and what was announced to them, each once."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.countries import country_name
from cms.vocabulary.joined import holding, split
from cms.vocabulary.models import Topic


class Subject(models.TextChoices):
    """What can be subscribed to."""

    PRESS = "press", _("Press releases")
    REPORTS = "reports", _("Reports and alerts")
    EXCHANGE = "exchange", _("Opportunities abroad")


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> "SubscriptionQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def about(self, topics: Iterable[int], country: str = "") -> "SubscriptionQuerySet":
        """Those for everything, and those for one of these topics; of both, those for this country, if there is one."""
        found = self.filter(Q(topics__isnull=True) | Q(topics__in=list(topics)))
        if country:
            found = found.filter(Q(countries="") | Q(countries__contains=holding(country)))
        return found.distinct()


class Subscription(models.Model):
    """An address that asked for mail. Until its owner has confirmed it, nothing but that question is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"))
    subject = models.CharField(_("about"), max_length=10, choices=Subject)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    countries = models.CharField(
        _("countries"), max_length=1000, blank=True, help_text="Codes of ISO 3166-1 between bars: |de|fr|."
    )
    created_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["email", "subject", "language"], name="one_subscription_an_address")
        ]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return f"{self.email} ({self.get_subject_display()}, {self.language})"

    @property
    def country_names(self) -> list[str]:
        return [country_name(code) for code in split(self.countries)]


class Announcement(models.Model):
    """A page that subscribers were told of in one language: once, whatever is published again later."""

    page_key = models.UUIDField()
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(max_length=10, choices=Subject)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page_key", "language"], name="one_announcement_a_language")]

    def __str__(self) -> str:
        return f"{self.page_key} ({self.language})"


class Delivery(models.Model):
    """One mail of an announcement to one subscriber; ``sent_at`` is empty until the mail server has taken it."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "subscription"], name="one_mail_an_announcement")
        ]

    def __str__(self) -> str:
        return f"{self.announcement} → {self.subscription_id}"
