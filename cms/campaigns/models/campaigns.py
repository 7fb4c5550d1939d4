"""Campaigns: what is made known, by whom, to whom and when."""

from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.artwork.designs import DESIGNS
from cms.campaigns.face import Face
from cms.campaigns.models.partners import Partner, in_order
from cms.campaigns.phases import LABELS, ORDER, Period
from cms.campaigns.results import Scope, results_of
from cms.campaigns.sharing import share_links
from cms.directory.zones import validate_time_zone
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
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
        context["campaigns"] = sorted(campaigns, key=lambda page: (ORDER.index(page.state), page.starts_on))
        return context


class CampaignKind(models.TextChoices):
    AWARENESS = "awareness", _("Awareness campaign")
    EDUCATION_WEEK = "education-week", _("Education week")
    ENFORCEMENT = "enforcement", _("Special enforcement action")
    COMPETITION = "competition", _("Competition")


def design_choices() -> list[tuple[str, object]]:
    return [(design.name, design.label) for design in DESIGNS.values()]


class CampaignPage(CountedPage, ContentPage):
    """One campaign: a theme, a slogan, its phases, who carries it, the story, what to do, and what came of it."""

    kind = models.CharField(_("kind"), max_length=20, choices=CampaignKind, default=CampaignKind.AWARENESS)
    theme = models.CharField(_("theme"), max_length=160, help_text=_("What it is about, e.g. IP and music."))
    slogan = models.CharField(_("slogan"), max_length=80, help_text=_("Short enough for a poster."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    teaser_from = models.DateField(_("teaser from"), null=True, blank=True)
    teaser_text = models.CharField(_("what happens in the teaser"), max_length=200, blank=True)
    live_text = models.CharField(_("what happens while it is live"), max_length=200, blank=True)
    wrap_up_until = models.DateField(_("wrap-up until"), null=True, blank=True)
    wrap_up_text = models.CharField(_("what happens in the wrap-up"), max_length=200, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Its days begin and end there, e.g. Asia/Shanghai."),
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("For posters and cards. Its focal point is never cut off. Without one they are drawn flat."),
    )
    design = models.CharField(_("design of the kit"), max_length=20, choices=design_choices, default="seal")
    hashtag = models.SlugField(_("hashtag"), max_length=40, blank=True, allow_unicode=True, help_text=_("Without #."))
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

    outcome = StreamField(
        StoryBlock(),
        blank=True,
        verbose_name=_("what came of it"),
        help_text=_("In words, at the end. The platform’s own numbers stand beside it by themselves."),
    )

    translated_fields = [
        *("theme", "slogan", "story", "action_label", "action_text"),
        *("teaser_text", "live_text", "wrap_up_text", "outcome"),
    ]
    shared_fields = [
        *("kind", "starts_on", "ends_on", "teaser_from", "wrap_up_until", "time_zone"),
        *("region", "audiences", "topics", "measures", "action_page", "action_url"),
        *("picture", "design", "hashtag"),
    ]
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
    subpage_types: ClassVar[list[str]] = [
        "campaigns.LocalEditionPage",
        "participation.PledgePage",
        "participation.ContestPage",
        "participation.KnowledgeQuizPage",
        "participation.ConsultationPage",
    ]
    content_panels = [
        HelpPanel(
            _(
                "A campaign is written once, in one language, reviewed, published and then translated. "
                "Start with the slogan."
            )
        ),
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("theme"), FieldPanel("slogan"), FieldPanel("summary")], heading=_("Message")),
        FieldPanel("kind"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on"), FieldPanel("time_zone")]),
                FieldPanel("live_text"),
                FieldPanel("teaser_from"),
                FieldPanel("teaser_text"),
                FieldPanel("wrap_up_until"),
                FieldPanel("wrap_up_text"),
            ],
            heading=_("Phases"),
        ),
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
        MultiFieldPanel(
            [FieldPanel("design"), FieldPanel("picture"), FieldPanel("hashtag")],
            heading=_("Kit: posters and cards"),
            help_text=_("Choose “Kit” above the preview to see the posters before you publish."),
        ),
        FieldPanel("outcome"),
    ]

    class Meta:
        verbose_name = _("campaign")

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on:
            self.period.check()
        if self.action_label and not (self.action_page_id or self.action_url):
            message = _("Say where the call to action leads: choose a page or an address.")
            raise ValidationError({"action_page": message})

    @property
    def subject_words(self) -> list[str]:
        """What this is, what it is about and whom it is for, in the words of its language, for search."""
        with override(self.locale.language_code):
            return [str(self._meta.verbose_name), *map(str, [*self.topics.all(), *self.audiences.all()])]

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on, self.teaser_from, self.wrap_up_until)

    @property
    def today(self) -> date:
        """The day it is where the campaign is carried out."""
        return timezone.localdate(timezone=ZoneInfo(self.time_zone))

    @property
    def state(self) -> str:
        """upcoming, teaser, live, wrap-up or over, by today's date there."""
        return self.state_on(self.today)

    def state_on(self, day: date) -> str:
        return self.period.state_on(day)

    @property
    def state_label(self) -> object:
        return LABELS[self.state]

    @cached_property
    def face(self) -> Face:
        """What readers and posters are shown."""
        return Face(
            title=self.title,
            theme=self.theme,
            slogan=self.slogan,
            summary=self.summary,
            period=self.period,
            texts={"teaser": self.teaser_text, "live": self.live_text, "wrap-up": self.wrap_up_text},
            design=self.design,
            picture=self.picture,
            partners=in_order(self.partners),
            story=self.story,
            outcome=self.outcome,
            action=(self.action_label, self.action_text, self.action_address),
            hashtag=self.hashtag,
        )

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
        context.update(self.facts_of(self))
        return context

    @property
    def preview_modes(self) -> list[tuple[str, object]]:
        return [*super().preview_modes, ("kit", _("Kit"))]

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/kit_preview.html" if mode_name == "kit" else str(self.template)

    def facts_of(self, page: Any) -> dict[str, Any]:
        """What the page of the campaign, or of one of its editions, shows."""
        face: Face = page.face
        is_behind = page.state in {"wrap-up", "over"}
        return {
            "campaign": self,
            "face": face,
            "phases": face.phases_on(page.today),
            "results": results_of(self.scope_of(page)) if is_behind else [],
            "share_links": share_links(page),
        }

    def scope_of(self, page: Any) -> Scope:
        """What counts as a result of the campaign, or of one edition."""
        keys = [page.translation_key]
        if page is self:
            keys += self.get_children().values_list("translation_key", flat=True)
        period: Period = page.period
        return Scope(
            campaign_key=self.translation_key,
            keys=keys,
            first_day=period.first_day,
            last_day=period.last_day,
            topics=list(self.topics.all()),
            region=None if page is self else page.region,
        )


class CampaignPartner(Partner):
    page = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="partners")
