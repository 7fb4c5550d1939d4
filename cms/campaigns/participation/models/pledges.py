import uuid
from typing import Any

from django.contrib import messages
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.campaigns.participation.forms import PledgeForm
from cms.campaigns.participation.models.activities import ActivityPage
from cms.pages.blocks import StoryBlock
from cms.vocabulary.data import column
from cms.vocabulary.models import Region


class PledgePage(ActivityPage):
    """A promise people make, and how many have made it, by region."""

    promise = models.CharField(_("promise"), max_length=240, help_text=_("In the first person: I will …"))
    goal = models.PositiveIntegerField(_("goal"), null=True, blank=True, validators=[MinValueValidator(1)])
    story = StreamField(StoryBlock(), blank=True, verbose_name=_("story"))

    translated_fields = ["promise", "story"]
    shared_fields = [*ActivityPage.activity_fields, "goal"]
    content_panels = [
        HelpPanel(_("People sign a promise. Names are shown only after you have looked at them.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("promise"),
        FieldPanel("goal"),
        ActivityPage.period_panel,
        FieldPanel("story"),
    ]

    class Meta:
        verbose_name = _("pledge")

    @property
    def pledges(self) -> "models.QuerySet[Pledge]":
        return Pledge.objects.filter(pledge_key=self.translation_key)

    def make_form(self, request: HttpRequest) -> PledgeForm:
        return PledgeForm(request)

    def accept(self, request: HttpRequest, form: PledgeForm) -> HttpResponse:
        data = form.cleaned_data
        Pledge.objects.get_or_create(
            form_key=form.form_key,
            defaults={
                "pledge_key": self.translation_key,
                "name": data["name"].strip(),
                "region": data["region"],
                "language": get_language() or "en",
            },
        )
        messages.success(request, _now("Thank you. Your promise is counted."))
        return redirect(f"{self.url}#pledges")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        title = f"region__{column('title', get_language() or 'en')}"
        by_region = self.pledges.filter(region__isnull=False).values_list(title).annotate(count=Count("pk"))
        context["bars"] = [(label, count, str(count)) for label, count in by_region.order_by("-count")[:12]]
        context["count"] = self.pledges.count()
        context["names"] = list(
            self.pledges.filter(state=Pledge.State.SHOWN).exclude(name="").values_list("name", flat=True)[:60]
        )
        return context


class Pledge(models.Model):
    """One promise. It counts at once; the name is shown once an editor has looked at it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        SHOWN = "shown", _("name is shown")
        HIDDEN = "hidden", _("name is not shown")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge_key = models.UUIDField(db_index=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    language = models.CharField(_("language"), max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("promise made")
        verbose_name_plural = _("promises made")

    def __str__(self) -> str:
        return self.name or str(self.pk)
