from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import Page

from cms.accounts.humans import PublicForm
from cms.campaigns.sharing import share_links
from cms.directory.zones import validate_time_zone
from cms.languages.switcher import readable
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage


class TakePartPage(ContentPage):
    """Everything one can take part in now, wherever its page stands."""

    subpage_types: ClassVar[list[str]] = [
        "participation.PledgePage",
        "participation.ContestPage",
        "participation.KnowledgeQuizPage",
        "participation.ConsultationPage",
    ]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every pledge, contest, quiz and consultation, those of campaigns as well.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("take part")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        kinds = ActivityPage.__subclasses__()
        found = readable(Page.objects.type(*kinds)).filter(locale=self.locale_id).order_by("-first_published_at")
        activities = list(found.specific()[:100])
        context["open_activities"] = [activity for activity in activities if activity.is_open]
        context["past_activities"] = [activity for activity in activities if not activity.is_open]
        return context


class ActivityPage(CountedPage, ContentPage):
    """Something the public takes part in for a while. Its records belong to all its languages."""

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: at once."))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True, help_text=_("Empty: never."))
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])

    activity_fields: ClassVar[list[str]] = ["opens_at", "closes_at", "time_zone"]
    parent_page_types: ClassVar[list[str]] = ["campaigns.CampaignPage", "participation.TakePartPage"]
    subpage_types: ClassVar[list[str]] = []
    list_template = "participation/line.html"
    period_panel = FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at"), FieldPanel("time_zone")])

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("It closes after it has opened.")})

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return not (self.opens_at and now < self.opens_at) and not (self.closes_at and now >= self.closes_at)

    @property
    def kind_label(self) -> object:
        return self._meta.verbose_name

    def in_zone(self, moment: datetime | None) -> str:
        """A moment where the activity takes place, with its time zone."""
        if moment is None:
            return ""
        there = moment.astimezone(ZoneInfo(self.time_zone))
        return f"{date_format(there.date(), 'DATE_FORMAT')}, {there:%H:%M} ({self.time_zone})"

    @property
    def closes_text(self) -> str:
        return self.in_zone(self.closes_at)

    # --- taking part ------------------------------------------------------------------------------
    def make_form(self, request: HttpRequest) -> PublicForm | None:
        """The form on the page; None for an activity without one."""
        return None

    def accept(self, request: HttpRequest, form: Any) -> HttpResponse:
        """Stores what a valid form says, and answers."""
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        form = self.make_form(request) if self.is_open else None
        return context | {"form": form, "share_links": share_links(self)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().serve(request, *args, **kwargs)
        context = self.get_context(request)
        form = context["form"]
        if form is not None and form.is_valid():
            try:
                with transaction.atomic():  # without the mail that confirms it, nothing is stored
                    return self.accept(request, form)
            except OSError:
                form.say_mail_failed()
        response = render(request, self.get_template(request), context, status=400)
        response["Cache-Control"] = "no-store"
        return response
