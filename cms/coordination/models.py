"""The yearly work plan: what is done for which measure of the strategy, by whom, for whom, where, until when."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.directory.models import Organisation
from cms.vocabulary.models import Audience, Region, StrategyMeasure

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def sees_everything(user: "AbstractBaseUser | AnonymousUser") -> bool:
    """Whoever keeps the plan sees and changes all of it."""
    return bool(user.is_authenticated and user.has_perm("coordination.change_workitem"))  # type: ignore[attr-defined]


class WorkPlan(models.Model):
    """The plan of a year."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )

    class Meta:
        ordering = ["-year"]
        verbose_name = _("work plan")
        verbose_name_plural = _("work plans")

    def __str__(self) -> str:
        return str(self.year)


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "WorkItemQuerySet":
        """All of them for whoever keeps the plan; for coordinators those their own bodies lead or help to lead."""
        if not user.is_authenticated:
            return self.none()
        if sees_everything(user):
            return self
        bodies = Organisation.objects.visible_to(user).values("pk")
        # The ids first: a join over co-leads would give an item once for each of them.
        helped = WorkItem.co_leads.through.objects.filter(organisation_id__in=bodies).values("workitem_id")
        return self.filter(Q(lead__in=bodies) | Q(pk__in=helped))

    def with_related(self) -> "WorkItemQuerySet":
        """With all that a list shows."""
        return self.select_related("measure", "lead", "plan").prefetch_related(
            "co_leads", "audiences", "regions", "evidence"
        )

    def in_month(self, year: int, month: int) -> "WorkItemQuerySet":
        """Those that run on any day of a month."""
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        return self.filter(starts_on__lt=after, ends_on__gte=first)


class WorkItem(models.Model):
    """One thing to do. Without regions it is for the whole country, without audiences for everybody."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under-way", _("Under way")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(WorkPlan, on_delete=models.PROTECT, related_name="items", verbose_name=_("work plan"))
    title = models.CharField(_("title"), max_length=200)
    measure = models.ForeignKey(
        StrategyMeasure, on_delete=models.PROTECT, related_name="+", verbose_name=_("strategy measure")
    )
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("lead body"))
    co_leads = models.ManyToManyField(Organisation, blank=True, related_name="+", verbose_name=_("co-lead bodies"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    regions = models.ManyToManyField(Region, blank=True, related_name="+", verbose_name=_("regions"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="work_item_ends_after_it_begins")
        ]
        verbose_name = _("work item")
        verbose_name_plural = _("work items")

    def __str__(self) -> str:
        return self.title or str(self.pk)

    def clean(self) -> None:
        super().clean()
        if not (self.starts_on and self.ends_on):
            return
        if self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})
        if self.plan_id and not self.starts_on.year <= self.plan.year <= self.ends_on.year:
            raise ValidationError({"starts_on": _("These days lie outside the year of the plan.")})

    @property
    def is_late(self) -> bool:
        return self.status in {self.Status.PLANNED, self.Status.UNDER_WAY} and self.ends_on < timezone.localdate()


class Progress(models.Model):
    """What a body said of an item, and when. Only ever added: the plan's history."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="progress")
    form_key = models.UUIDField(unique=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=WorkItem.Status)
    note = models.TextField(_("what was done"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.status} {self.at:%Y-%m-%d}"


class EvidenceKind(models.TextChoices):
    CAMPAIGN = "campaign", _("Campaign")
    EVENT = "event", _("Event")
    LESSON = "lesson", _("Lesson plan")
    REPORT = "report", _("Report")
    OTHER = "other", _("Other")


class Evidence(models.Model):
    """What shows that an item was done: a page of ours, or an address elsewhere."""

    item = models.ForeignKey(WorkItem, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    url = models.URLField(_("address"), blank=True)
    label = models.CharField(_("name"), max_length=200)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.label

    def address_in(self, language: str) -> str:
        """Where it is: our page in a language, else as it was linked."""
        if self.page is None:
            return self.url
        page = Page.objects.filter(
            translation_key=self.page.translation_key, locale__language_code=language, live=True
        ).first()
        return str((page or self.page).full_url or self.url)
