"""A small library of laws: what lessons and courses cite, article by article."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

from cms.languages.switcher import readable
from cms.pages.models import ContentPage
from cms.statutes.blocks import LawBlock
from cms.vocabulary.models import Topic


@dataclass(frozen=True)
class Article:
    number: str
    label: str
    text: str

    @property
    def anchor(self) -> str:
        return f"article-{self.number}"


class LawIndexPage(ContentPage):
    """The laws of one language, by kind."""

    schema_type = "CollectionPage"
    subpage_types: ClassVar[list[str]] = ["statutes.LawPage"]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    content_panels = [
        HelpPanel(
            _(
                "Lists every law below it. Add a law as a child page, "
                "or import Markdown files with manage.py import_laws."
            )
        ),
        *Page.content_panels,
        FieldPanel("summary"),
    ]

    class Meta:
        verbose_name = _("law library")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        laws = readable(LawPage.objects.child_of(self)).defer("body").order_by("kind", "title")
        context["kinds"] = [
            (label, found)
            for kind, label in LawPage.Kind.choices
            if (found := [law for law in laws if law.kind == kind])
        ]
        context["elsewhere"] = [] if laws else self._libraries_with_laws()
        return context

    def _libraries_with_laws(self) -> list[tuple["LawIndexPage", int]]:
        """This library in other languages, where there are laws."""
        others = LawIndexPage.objects.filter(translation_key=self.translation_key).exclude(pk=self.pk)
        libraries = readable(others).select_related("locale")
        counted = [(library, readable(LawPage.objects.child_of(library)).count()) for library in libraries]
        return [(library, count) for library, count in counted if count]


class LawPage(ContentPage):
    """A statute or another legal text in force, in one language (schema.org: Legislation)."""

    schema_type = "Legislation"

    class Kind(models.TextChoices):
        LAW = "1-law", _("Laws")
        REGULATION = "2-regulation", _("Regulations")
        TREATY = "3-treaty", _("Treaties")
        OTHER = "9-other", _("Other legal texts")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.LAW)
    short_title = models.CharField(
        _("short title"), max_length=120, blank=True, help_text=_("As it is cited, e.g. Patent Law.")
    )
    version_on = models.DateField(
        _("version of"), null=True, blank=True, help_text=_("The day of adoption or of the latest amendment.")
    )
    history = models.TextField(_("history"), blank=True, help_text=_("Adoption and amendments, one per line."))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    body = StreamField(LawBlock(), verbose_name=_("text"))

    translated_fields = ["short_title", "history", "body"]
    shared_fields = ["kind", "version_on", "topics"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("short_title", boost=4),
        index.AutocompleteField("short_title"),
        index.SearchField("body"),
        index.SearchField("numbers_in_digits"),
        index.FilterField("version_on"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["statutes.LawIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(_("One law as published. Lessons and courses cite its articles by their number.")),
        *Page.content_panels,
        FieldPanel("short_title"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("version_on")]),
        FieldPanel("history"),
        FieldPanel("topics"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("law")

    def articles(self) -> list[Article]:
        """The articles in their order."""
        return [
            Article(block.value["number"], block.value["label"], block.value["text"])
            for block in self.body
            if block.block_type == "article"
        ]

    def article(self, number: str) -> Article | None:
        return next((article for article in self.articles() if article.number == number), None)

    @property
    def numbers_in_digits(self) -> str:
        """Article numbers as people type them, where the law prints them otherwise: 第22条."""
        return " ".join(digits_of(article) for article in self.articles() if article.number not in article.label)

    @property
    def history_lines(self) -> list[str]:
        return [line.strip() for line in self.history.splitlines() if line.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["cited_by"] = self._cited_by()
        return context

    def _cited_by(self) -> list[Page]:
        """Readable pages of this language's reader that cite this law, whichever wing they belong to."""
        pks = ReferenceIndex.get_references_to(self).values_list("object_id", flat=True)
        numbers = [int(pk) for pk in pks if str(pk).isdecimal()]
        return list(readable(Page.objects.filter(pk__in=numbers, locale_id=self.locale_id)).exclude(pk=self.pk))


def digits_of(article: Article) -> str:
    """An article's number in digits, written as its language writes it."""
    return f"第{article.number}条" if article.label.startswith("第") else article.number
