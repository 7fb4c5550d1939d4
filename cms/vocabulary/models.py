"""What Imprint speaks about: the controlled vocabulary, one row per term, a column per language."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

LANGUAGE_COLUMNS = tuple(code.replace("-", "_") for code in settings.MODELTRANSLATION_LANGUAGES)


class TermQuerySet(SearchableQuerySetMixin, models.QuerySet[Any]):
    """Terms, to be searched as Wagtail's pages are."""


class Term(index.Indexed, models.Model):
    """A term of a controlled vocabulary (SKOS: a concept with a preferred label per language)."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Used in addresses and filters, e.g. patents."))
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    objects = TermQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["sort_order", "slug"]

    def __str__(self) -> str:
        return self.title or self.slug


class NamedTerm(Term):
    """A term people look for, and what else they call it (SKOS: alternative labels)."""

    other_names = models.TextField(
        _("other names"),
        blank=True,
        help_text=_("What else people call it, one name per line. Whoever searches for one finds the others, too."),
    )

    search_fields = [
        *(
            field
            for code in LANGUAGE_COLUMNS
            for field in (
                index.SearchField(f"title_{code}", boost=4),
                index.AutocompleteField(f"title_{code}"),
                index.SearchField(f"other_names_{code}", boost=2),
                index.SearchField(f"description_{code}"),
            )
        ),
        index.FilterField("slug"),
    ]

    class Meta(Term.Meta):
        abstract = True


def names_in(text: str | None) -> list[str]:
    """One name per line."""
    return [name.strip() for name in (text or "").splitlines() if name.strip()]


class Topic(NamedTerm):
    """An intellectual-property right or a subject close to it: what a page or course is about."""

    broader = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="narrower",
        verbose_name=_("broader topic"),
        help_text=_("The topic this one is a part of (SKOS: broader). Whoever chooses it finds this one, too."),
    )

    explanation = models.TextField(
        _("explanation"),
        blank=True,
        help_text=_("What one should know, in two minutes: some 100 words. An empty line begins a new paragraph."),
    )

    class Meta(NamedTerm.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def clean(self) -> None:
        super().clean()
        above = self.broader
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError({"broader": _("A topic cannot be a part of itself.")})
            above = above.broader


class Audience(Term):
    """A group of people the strategy names: whom a campaign, lesson or course is for."""

    class Meta(Term.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Region(Term):
    """A country or a part of one; the slug is its ISO 3166 code in lower case."""

    class Meta(Term.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class StrategyMeasure(Term):
    """One of the nine groups of measures of the national IP strategy; ``sort_order`` is its number."""

    class Meta(Term.Meta):
        verbose_name = _("strategy measure")
        verbose_name_plural = _("strategy measures")


class Licence(Term):
    """Terms under which a work may be used again (schema.org: ``license``)."""

    url = models.URLField(_("licence text"), blank=True)
    spdx = models.CharField(
        _("SPDX identifier"), max_length=40, blank=True, help_text=_("From the SPDX licence list, e.g. CC-BY-4.0.")
    )
    permits_sharing = models.BooleanField(_("may be shared"), default=True)
    permits_adaptation = models.BooleanField(_("may be changed"), default=True)
    permits_commercial_use = models.BooleanField(_("may be used for money"), default=True)
    requires_share_alike = models.BooleanField(_("must be shared alike"), default=False)

    class Meta(Term.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")


class GlossaryTerm(NamedTerm):
    """A term of art with the wording the IP offices use in each language; the description defines it."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="glossary_terms", verbose_name=_("topic")
    )

    search_fields = [*NamedTerm.search_fields, index.RelatedFields("topic", [index.FilterField("slug")])]

    class Meta(NamedTerm.Meta):
        ordering = ["slug"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
