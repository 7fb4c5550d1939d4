"""Campaigns: what is made known, by whom, to whom and when."""

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.directory.models import Organisation
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.models import ContentPage
from cms.vocabulary.models import Audience, Region, StrategyMeasure, Topic


class CampaignIndexPage(ContentPage):
    """All campaigns: those running first, then those to come, then those that are over."""

    subpage_types: ClassVar[list[str]] = ["campaigns.CampaignPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    content_panels = [
        HelpPanel(_("Lists every campaign below it. Add a campaign as a child page.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("campaign list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        campaigns = readable(CampaignPage.objects.child_of(self)).prefetch_related("topics")
        order = {"live": 0, "upcoming": 1, "over": 2}
        context["campaigns"] = sorted(campaigns, key=lambda page: (order[page.state], page.starts_on))
        return context


class CampaignPage(ContentPage):
    """One campaign: a theme, a slogan, a period, who carries it, the story and what to do."""

    theme = models.CharField(_("theme"), max_length=160, help_text=_("What it is about, e.g. IP and music."))
    slogan = models.CharField(_("slogan"), max_length=80, help_text=_("Short enough for a poster."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    story = StreamField(StoryBlock(), verbose_name=_("story"))
    action_label = models.CharField(
        _("call to action"), max_length=60, blank=True, help_text=_("What you ask people to do, e.g. Teach a lesson.")
    )
    action_text = models.CharField(_("why and how"), max_length=200, blank=True)
    action_page = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("leads to page")
    )
    action_url = models.URLField(_("or to address"), blank=True)

    translated_fields = ["theme", "slogan", "story", "action_label", "action_text"]
    shared_fields = ["starts_on", "ends_on", "region", "audiences", "topics", "measures", "action_page", "action_url"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("theme"),
        index.SearchField("slogan"),
        index.SearchField("story"),
        index.SearchField("subject_words"),
        index.FilterField("starts_on"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["campaigns.CampaignIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(
            _(
                "A campaign is written once, in one language, reviewed, published and then translated. "
                "Start with the slogan."
            )
        ),
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("theme"), FieldPanel("slogan"), FieldPanel("summary")], heading=_("Message")),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Period")),
        MultiFieldPanel(
            [FieldPanel("audiences"), FieldPanel("topics"), FieldPanel("measures"), FieldPanel("region")],
            heading=_("For whom, about what, where"),
        ),
        InlinePanel("partners", heading=_("Partners"), label=_("Partner")),
        FieldPanel("story"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("action_label", "action_text", "action_page", "action_url")],
            heading=_("Call to action"),
        ),
    ]

    class Meta:
        verbose_name = _("campaign")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})
        if self.action_label and not (self.action_page_id or self.action_url):
            message = _("Say where the call to action leads: choose a page or an address.")
            raise ValidationError({"action_page": message})

    @property
    def subject_words(self) -> list[str]:
        """What this is, what it is about and whom it is for, in the words of its language, for search."""
        with override(self.locale.language_code):
            return [str(self._meta.verbose_name), *map(str, [*self.topics.all(), *self.audiences.all()])]

    @property
    def state(self) -> str:
        """upcoming, live or over, by today's date in the current time zone."""
        return self.state_on(timezone.localdate())

    def state_on(self, day: date) -> str:
        if day < self.starts_on:
            return "upcoming"
        return "live" if day <= self.ends_on else "over"

    @property
    def action_address(self) -> str:
        """Where the call to action leads: the page in this page's language, else the address, else nowhere."""
        if self.action_page:
            page = self.action_page.get_translation_or_none(self.locale)
            if page and page.live:
                return str(page.url or "")
        return self.action_url

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["partners"] = self.partners.select_related("organisation")
        return context


class CampaignPartner(Orderable):
    """An organisation's part in a campaign; translations of the page share it."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Lead body")
        CO_LEAD = "co-lead", _("Co-lead")
        MEDIA = "media", _("Media partner")
        ASSOCIATION = "association", _("Association")
        SCHOOL = "school", _("School")
        SUPPORTER = "supporter", _("Supporter")

    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.SUPPORTER)

    panels = [FieldPanel("organisation"), FieldPanel("role")]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"
