"""The ground of every page, and the pages that belong to no wing."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock

HOME_DEPTH = 2


class ContentPage(Page):
    """What all our pages share: a one-sentence summary, the same slug in every language, our panels.

    ``translated_fields`` and ``shared_fields`` name what a page type adds; wagtail-localize translates
    the former and copies the latter from the source page.
    """

    summary = models.TextField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_(
            "One sentence that says what the reader gets. Shown under the title, in lists and by search engines."
        ),
    )

    list_template = ""  # what a list of pages shows beside the title
    schema_type = "WebPage"  # what the page is in schema.org's words
    translated_fields: ClassVar[list[str]] = []
    shared_fields: ClassVar[list[str]] = []
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    settings_panels = [PublishingPanel()]
    promote_panels = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")]

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.override_translatable_fields = [
            SynchronizedField("slug", overridable=False),
            SynchronizedField("search_description", overridable=False),
            *(TranslatableField(name) for name in cls.translated_fields),
            *(SynchronizedField(name, overridable=False) for name in cls.shared_fields),
        ]

    @cached_property
    def above(self) -> list[Page]:
        """The pages between the home page and this one, from the top: one query."""
        return list(self.get_ancestors().filter(depth__gt=HOME_DEPTH)) if self.path else []

    @property
    def description(self) -> str:
        """What search engines and shared links show."""
        return self.search_description or self.summary


class FeaturedBlock(blocks.StreamBlock):
    """Pages the home page puts forward; each is shown in the reader's language where it exists."""

    page = blocks.PageChooserBlock(label=_("Page"))

    class Meta:
        max_num = 6


class HomePage(ContentPage):
    """The front door: one campaign in large type, three ways on, and what is worth a look this week."""

    kicker = models.CharField(_("line above the title"), max_length=120, blank=True)
    headline = models.CharField(_("headline"), max_length=120)
    featured_campaign = models.ForeignKey(
        Page, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("featured campaign")
    )
    featured = StreamField(FeaturedBlock(), blank=True, verbose_name=_("worth a look"))

    translated_fields = ["kicker", "headline"]
    shared_fields = ["featured_campaign"]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels = [
        HelpPanel(_("The front door of the site in this language. The headline says why a stranger should stay.")),
        *Page.content_panels,
        FieldPanel("kicker"),
        FieldPanel("headline"),
        FieldPanel("summary"),
        FieldPanel("featured_campaign"),
        FieldPanel("featured"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["campaign"] = self._campaign()
        context["featured_pages"] = self._featured_pages()
        return context

    def _campaign(self) -> Page | None:
        """The featured campaign in this page's language, and in no other: a link never changes language."""
        if self.featured_campaign is None:
            return None
        translations = Page.objects.filter(
            translation_key=self.featured_campaign.translation_key, locale_id=self.locale_id
        )
        campaign = readable(translations).first()
        return campaign.specific if campaign else None

    def _featured_pages(self) -> list[Page]:
        """The chosen pages in this page's language where live, in the editor's order."""
        chosen = [block.value for block in self.featured if block.value]
        keys = [page.translation_key for page in chosen]
        translations = readable(Page.objects.filter(translation_key__in=keys, locale_id=self.locale_id))
        by_key = {page.translation_key: page for page in translations.specific()}
        return [by_key[key] for key in keys if key in by_key]


class StandardPage(ContentPage):
    """A page of text: about, accessibility, terms of use."""

    body = StreamField(StoryBlock(), verbose_name=_("text"))

    translated_fields = ["body"]
    search_fields = [*ContentPage.search_fields, index.SearchField("body")]
    content_panels = [
        HelpPanel(_("For texts that stay: who we are, terms of use, accessibility. For news, make a campaign.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
