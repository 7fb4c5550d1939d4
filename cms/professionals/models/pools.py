"""Talent pools: admission rules, nominations, reviews, and membership for a term."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.professionals.models.profiles import Profile
from cms.vocabulary.models import Region, StrategyMeasure, Topic


class Pool(models.Model):
    """Professionals whom a body can call upon, for a term, by rules that anyone can read."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCIAL = "provincial", _("Provincial")
        THEMATIC = "thematic", _("Thematic")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), max_length=800)
    rules = models.TextField(_("admission rules"), max_length=4000, help_text=_("Who is admitted, and how."))
    level = models.CharField(_("level"), max_length=20, choices=Level)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("IP fields"))
    measures = models.ManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="pools",
        verbose_name=_("kept by"),
        help_text=_("Its coordinators review nominations and see the list of members."),
    )
    term_months = models.PositiveSmallIntegerField(_("term in months"), default=36)
    accepts_self_nomination = models.BooleanField(_("people may nominate themselves"), default=False)
    is_open = models.BooleanField(_("takes nominations"), default=True)

    class Meta:
        ordering = ["level", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(term_months__gte=1), name="a_term_is_a_month_at_least"),
            models.CheckConstraint(
                condition=~Q(level="provincial") | Q(region__isnull=False), name="a_provincial_pool_has_a_region"
            ),
        ]
        verbose_name = _("talent pool")
        verbose_name_plural = _("talent pools")

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("professionals:pool", args=[self.slug])


class Nomination(models.Model):
    """Somebody is put forward for a pool. Nothing is decided before they have agreed."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits for the person")
        AGREED = "agreed", _("waits for review")
        DECLINED = "declined", _("declined by the person")
        ADMITTED = "admitted", _("admitted")
        REFUSED = "refused", _("not admitted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="nominations")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="nominations")
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("nominated by")
    )
    statement = models.TextField(_("reasons"), max_length=2000, help_text=_("Why this person fits the rules."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "profile"], condition=Q(state__in=["asked", "agreed"]), name="one_open_nomination"
            )
        ]
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")

    def __str__(self) -> str:
        return f"{self.profile_id} → {self.pool_id}"

    @property
    def is_own(self) -> bool:
        return self.nominated_by_id == self.profile.user_id


class PoolMemberQuerySet(models.QuerySet["PoolMember"]):
    def current(self, on: date | None = None) -> "PoolMemberQuerySet":
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class PoolMember(models.Model):
    """Membership in a pool for one term."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="members")
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="pool_memberships")
    nomination = models.OneToOneField(Nomination, on_delete=models.SET_NULL, null=True, related_name="membership")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ended_because = models.TextField(_("reason for ending"), max_length=1000, blank=True)

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pool", "profile", "starts_on"], name="one_term_begins_a_day"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_term_ends_after_it_begins"),
        ]
        verbose_name = _("pool member")
        verbose_name_plural = _("pool members")

    def __str__(self) -> str:
        return f"{self.profile_id} {self.starts_on}–{self.ends_on}"
