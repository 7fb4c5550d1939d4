"""Enterprise guides: questions that lead to the advice that fits, with checklists, on paper if wanted."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.guides.blocks import StepsBlock
from cms.guides.ways import tree
from cms.languages.switcher import readable
from cms.languages.tags import language_tag
from cms.pages.counted import CountedPage
from cms.pages.models import ContentPage
from cms.vocabulary.models import Audience, StrategyMeasure, Topic


class GuideIndexPage(ContentPage):
    """The guides of one language."""

    schema_type = "CollectionPage"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["guides.GuidePage"]
    max_count_per_parent = 1
    content_panels = [
        HelpPanel(_("Lists every guide below it.")),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("list of guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["guides"] = readable(GuidePage.objects.child_of(self)).prefetch_related("topics").order_by("path")
        return context


class GuidePage(CountedPage, ContentPage):
    """One guide (schema.org: HowTo). It is answered in the browser: no answer is sent or kept by us."""

    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    steps = StreamField(StepsBlock(), verbose_name=_("steps"))

    translated_fields = ["steps"]
    shared_fields = ["topics", "audiences", "measures"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("step_words"),
        index.SearchField("subject_words"),
        index.FilterField("first_published_at"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(
            _(
                "Questions lead by their answers to other questions or to advice. Each step has a short key; answers "
                "name the key of the step they lead to. The first step is where everybody begins."
            )
        ),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("steps"),
        MultiFieldPanel(
            [FieldPanel("audiences"), FieldPanel("topics"), FieldPanel("measures")], heading=_("For whom, about what")
        ),
    ]

    class Meta:
        verbose_name = _("guide")

    @property
    def step_words(self) -> list[str]:
        """Questions and advice. Checklists name too much in passing: whoever looks for it wants a page about it."""
        found: list[str] = []
        for block in self.steps:
            value = block.value
            if block.block_type == "question":
                found += [value["question"], *(answer["text"] for answer in value["answers"])]
            else:
                found += [value["title"], strip_tags(str(value["text"]))]
        return found

    @property
    def subject_words(self) -> list[str]:
        with override(self.locale.language_code):
            return [str(self._meta.verbose_name), *map(str, [*self.topics.all(), *self.audiences.all()])]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"first": tree(self.steps), "structured_data": self.how_to()}

    def how_to(self) -> dict[str, Any]:
        """schema.org: HowTo; each advice is a section with its checklist as steps."""
        advice = [block.value for block in self.steps if block.block_type == "advice"]
        return {
            "@context": "https://schema.org",
            "@type": "HowTo",
            "name": self.title,
            "description": self.summary,
            "inLanguage": language_tag(self.locale.language_code),
            "url": self.full_url,
            "step": [
                {
                    "@type": "HowToSection",
                    "name": one["title"],
                    "description": strip_tags(str(one["text"])).strip(),
                    "itemListElement": [{"@type": "HowToStep", "text": item} for item in one["checklist"]],
                }
                for one in advice
            ],
        }
