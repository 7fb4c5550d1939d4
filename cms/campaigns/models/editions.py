from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.campaigns.face import Face
from cms.campaigns.models.campaigns import CampaignPage, design_choices
from cms.campaigns.models.partners import Partner, in_order
from cms.campaigns.phases import LABELS, Period
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage
from cms.vocabulary.models import Region


class LocalEditionPage(CountedPage, ContentPage):
    """A region's own page of a campaign. What it leaves empty it takes from the campaign, now and later."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    slogan = models.CharField(_("slogan"), max_length=80, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    design = models.CharField(_("design of the kit"), max_length=20, choices=design_choices, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
    )
    story = StreamField(StoryBlock(), blank=True, verbose_name=_("story"))
    outcome = StreamField(StoryBlock(), blank=True, verbose_name=_("what came of it"))

    translated_fields = ["slogan", "story", "outcome"]
    shared_fields = ["region", "starts_on", "ends_on", "design", "picture"]
    search_fields = [*ContentPage.search_fields, index.SearchField("slogan"), index.SearchField("story")]
    parent_page_types: ClassVar[list[str]] = ["campaigns.CampaignPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "campaigns/campaign_page.html"
    content_panels = [
        HelpPanel(
            _("A province’s or city’s page below the campaign. Whatever you leave empty comes from the campaign.")
        ),
        *Page.content_panels,
        FieldPanel("region"),
        MultiFieldPanel([FieldPanel("slogan"), FieldPanel("summary")], heading=_("Message")),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading=_("Period")),
        InlinePanel(
            "partners",
            heading=_("Partners"),
            label=_("Partner"),
            help_text=_("These stand before the campaign’s own partners."),
        ),
        FieldPanel("story"),
        MultiFieldPanel([FieldPanel("design"), FieldPanel("picture")], heading=_("Kit: posters and cards")),
        FieldPanel("outcome"),
    ]

    class Meta:
        verbose_name = _("local edition")

    def clean(self) -> None:
        super().clean()
        if bool(self.starts_on) != bool(self.ends_on):
            raise ValidationError({"starts_on": _("Give both days, or neither to take the campaign’s.")})
        if self.starts_on and self.ends_on:
            Period(self.starts_on, self.ends_on).check()

    @cached_property
    def campaign(self) -> CampaignPage:
        """The campaign it belongs to, in the same language."""
        parent: CampaignPage = self.get_parent().specific
        return parent

    @property
    def period(self) -> Period:
        if self.starts_on and self.ends_on:
            return Period(self.starts_on, self.ends_on)
        return self.campaign.period

    @property
    def today(self) -> date:
        return self.campaign.today

    @property
    def state(self) -> str:
        return self.period.state_on(self.today)

    @property
    def state_label(self) -> object:
        return LABELS[self.state]

    @cached_property
    def face(self) -> Face:
        """The campaign's, with what this edition changes."""
        whole = self.campaign.face
        own = in_order(self.partners)
        theirs = {partner.organisation_id for partner in own}
        return Face(
            title=self.title,
            theme=whole.theme,
            slogan=self.slogan or whole.slogan,
            summary=self.summary or whole.summary,
            period=self.period,
            texts=whole.texts,
            design=self.design or whole.design,
            picture=self.picture or whole.picture,
            partners=own + [partner for partner in whole.partners if partner.organisation_id not in theirs],
            story=self.story or whole.story,
            outcome=self.outcome,
            action=whole.action,
            hashtag=whole.hashtag,
            region=str(self.region),
        )

    @property
    def preview_modes(self) -> list[tuple[str, object]]:
        return self.campaign.preview_modes

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return self.campaign.get_preview_template(request, mode_name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(self.campaign.facts_of(self))
        return context


class EditionPartner(Partner):
    page = ParentalKey(LocalEditionPage, on_delete=models.CASCADE, related_name="partners")
