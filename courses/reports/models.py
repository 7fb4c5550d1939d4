"""Reports that somebody keeps, and has sent to them and to colleagues again and again."""

import calendar
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.reports.words import as_address

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SavedReportQuerySet(models.QuerySet["SavedReport"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "SavedReportQuerySet":
        return self.filter(owner_id=user.pk) if user.is_authenticated else self.none()

    def sent_to(self, user: "AbstractBaseUser | AnonymousUser") -> "SavedReportQuerySet":
        """Those that a colleague has sent to the user."""
        return self.filter(readers=user.pk) if user.is_authenticated else self.none()

    def due(self, day: date) -> "SavedReportQuerySet":
        return self.filter(~Q(rhythm=SavedReport.Rhythm.NEVER), next_on__lte=day, owner__is_active=True)


class SavedReport(models.Model):
    """What was asked, in words, never what was answered: it is asked anew for each reader, as they may see it.

    ``subject`` is the slug of the plan or course; ``query`` the words of the address. ``next_on`` is the day of the
    next letter where the owner is.
    """

    class Rhythm(models.TextChoices):
        NEVER = "never", _("only keep it")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")
        MONTHLY = "monthly", _("every month")

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "XLSX"
        CSV = "csv", "CSV"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_reports")
    title = models.CharField(_("title"), max_length=120)
    report = models.CharField(max_length=20)
    subject = models.SlugField(blank=True)
    query = models.JSONField(default=dict)
    rhythm = models.CharField(_("send it"), max_length=10, choices=Rhythm, default=Rhythm.NEVER)
    starts_on = models.DateField(_("for the first time on"))
    next_on = models.DateField(null=True)
    form = models.CharField(_("attached as"), max_length=4, choices=Form, default=Form.PDF)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SavedReportQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("saved report")
        verbose_name_plural = _("saved reports")

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """The words of the address, to put behind it."""
        return as_address(self.query)

    def plan_next(self, today: date) -> None:
        """The next day of the rhythm that is not over; none where it is only kept."""
        self.next_on = None if self.rhythm == self.Rhythm.NEVER else _from(self.starts_on, self.rhythm, today)


def _from(first: date, rhythm: str, day: date) -> date:
    """The first day of the rhythm on or after ``day``. A month without the day has it on its last."""
    if day <= first or rhythm == SavedReport.Rhythm.DAILY:
        return max(first, day)
    if rhythm == SavedReport.Rhythm.WEEKLY:
        return day + timedelta(days=(first - day).days % 7)
    found = _in_month(day.year, day.month, first.day)
    return found if found >= day else _in_month(day.year + day.month // 12, day.month % 12 + 1, first.day)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


class Delivery(models.Model):
    """One letter to one reader for one day: it exists before the letter leaves, so that none is sent twice."""

    report = models.ForeignKey(SavedReport, on_delete=models.CASCADE, related_name="deliveries")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "reader", "due_on"], name="report_sent_once_a_day")]
        verbose_name = _("report sent")
        verbose_name_plural = _("reports sent")

    def __str__(self) -> str:
        return f"{self.report_id} {self.due_on}"
