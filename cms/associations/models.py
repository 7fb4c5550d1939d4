"""Sections of the member associations: their own pages, newsroom and events, kept by their own editors."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.associations import jsonld
from cms.campaigns.events.models import EventIndexPage
from cms.campaigns.newsroom.models import NewsroomPage
from cms.directory.models import Organisation
from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage, StandardPage
from cms.vocabulary.models import Topic

SHOWN = 5


class AssociationIndexPage(ContentPage):
    """The associations of one language."""

    schema_type = "CollectionPage"

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["associations.AssociationPage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every association below it.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("list of associations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = readable(AssociationPage.objects.child_of(self)).prefetch_related("topics").order_by("title")
        return context | {"associations": found}


class AssociationPage(CountedPage, ContentPage):
    """An association's front page (schema.org: Organization). Its editors have rights here and nowhere else."""

    schema_type = "AboutPage"

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisation"),
        limit_choices_to={"kind": Organisation.Kind.ASSOCIATION},
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    contact = models.EmailField(_("contact"), blank=True)
    body = StreamField(StoryBlock(), blank=True, verbose_name=_("text"))

    translated_fields = ["body"]
    shared_fields = ["organisation", "topics", "contact"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("body"),
        index.FilterField("first_published_at"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["associations.AssociationIndexPage"]
    subpage_types: ClassVar[list[str]] = ["newsroom.NewsroomPage", "events.EventIndexPage", "pages.StandardPage"]
    content_panels = [
        HelpPanel(
            _(
                "An association’s front page. Publishing it makes a group of editors and a collection for its pictures "
                "and documents; add people to the group under Settings → Users. A newsroom, an event list and pages of "
                "text are added below it."
            )
        ),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("organisation"),
        FieldPanel("body"),
        FieldPanel("topics"),
        FieldPanel("contact"),
    ]

    class Meta:
        verbose_name = _("association")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        newsroom = readable(NewsroomPage.objects.child_of(self)).first()
        events = readable(EventIndexPage.objects.child_of(self)).first()
        return context | {
            "newsroom": newsroom,
            "releases": newsroom.releases()[:SHOWN] if newsroom else [],
            "event_index": events,
            "events": events.coming()[:SHOWN] if events else [],
            "pages_below": readable(StandardPage.objects.child_of(self)).order_by("path"),
            "structured_data": jsonld.organization(self),
        }
