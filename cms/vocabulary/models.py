"""What Imprint speaks about: the controlled vocabulary, one row per term, a column per language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Term(index.Indexed, models.Model):
    """A term of a controlled vocabulary (SKOS: a concept with a preferred label per language)."""

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Used in addresses and filters, e.g. patents."))
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        abstract = True
        ordering = ["sort_order", "slug"]

    def __str__(self) -> str:
        return self.title or self.slug


class Topic(Term):
    """An intellectual-property right or a subject close to it: what a page or course is about."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


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

    class Meta(Term.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")


class GlossaryTerm(Term):
    """A term of art with the wording the IP offices use in each language; the description defines it."""

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="glossary_terms", verbose_name=_("topic")
    )

    class Meta(Term.Meta):
        ordering = ["slug"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
