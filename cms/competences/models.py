"""What a profession is able to do, level by level. Courses and lessons say what of it they develop.

A framework, its competences and their descriptors are what 1EdTech CASE calls a CFDocument with its CFItems;
competence and level together are described as in the European e-Competence Framework (EN 16234-1).
"""

from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.vocabulary.models import LANGUAGE_COLUMNS

MOST_LEVELS = 8
WRONG_FRAMEWORK = _("This level belongs to another framework.")


class FrameworkQuerySet(SearchableQuerySetMixin, models.QuerySet["Framework"]):
    def published(self) -> "FrameworkQuerySet":
        return self.filter(is_published=True)


class Framework(index.Indexed, ClusterableModel):
    """The competences of one profession."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=120, help_text=_("The profession, e.g. patent agent."))
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    is_published = models.BooleanField(_("published"), default=False)

    objects = FrameworkQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        *(
            field
            for code in LANGUAGE_COLUMNS
            for field in (
                index.SearchField(f"title_{code}", boost=2),
                index.AutocompleteField(f"title_{code}"),
                index.SearchField(f"summary_{code}"),
                index.SearchField(f"indicator_words_{code}"),
            )
        ),
        index.FilterField("is_published"),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("competence framework")
        verbose_name_plural = _("competence frameworks")

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("competences:framework", args=[self.slug])

    def indicator_words(self, code: str) -> list[str]:
        """Its competences and their indicators in a language, for search."""
        rows = Descriptor.objects.filter(competence__framework=self)
        pairs = rows.values_list(f"competence__title_{code}", f"indicators_{code}")
        return [text for pair in pairs for text in pair if text]


for code in LANGUAGE_COLUMNS:
    # Search tells the language of a text by the name it has.
    setattr(Framework, f"indicator_words_{code}", property(partial(Framework.indicator_words, code=code)))


class Level(models.Model):
    """One level of a framework, such as the title that somebody at it holds. The first is 1."""

    framework = ParentalKey(Framework, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(MOST_LEVELS)]
    )
    title = models.CharField(_("title"), max_length=120)

    class Meta:
        ordering = ["framework", "number"]
        constraints = [models.UniqueConstraint(fields=["framework", "number"], name="a_level_once_in_a_framework")]
        verbose_name = _("level")
        verbose_name_plural = _("levels")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Competence(ClusterableModel):
    """Something that people of this profession are able to do."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="competences", verbose_name=_("competence framework")
    )
    slug = models.SlugField(_("slug"))
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), max_length=600, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["framework", "sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["framework", "slug"], name="a_competence_once_in_a_framework")]
        verbose_name = _("competence")
        verbose_name_plural = _("competences")

    def __str__(self) -> str:
        return self.title or self.slug


class DescriptorManager(models.Manager["Descriptor"]):
    def get_queryset(self) -> models.QuerySet["Descriptor"]:
        return super().get_queryset().select_related("competence__framework", "level")


class Descriptor(models.Model):
    """One competence at one level: the indicators by which it is seen."""

    competence = ParentalKey(Competence, on_delete=models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(Level, on_delete=models.RESTRICT, related_name="descriptors", verbose_name=_("level"))
    indicators = models.TextField(
        _("indicators"), max_length=1500, help_text=_("What somebody at this level does, one indicator per line.")
    )

    objects = DescriptorManager()

    class Meta:
        ordering = ["competence__framework", "competence__sort_order", "competence", "level__number"]
        constraints = [models.UniqueConstraint(fields=["competence", "level"], name="one_descriptor_a_level")]
        verbose_name = _("descriptor")
        verbose_name_plural = _("descriptors")

    def __str__(self) -> str:
        return f"{self.competence.framework}: {self.competence} – {self.level}"

    def clean(self) -> None:
        # In the admin's form the competence is not known yet: the form looks itself.
        if self.competence_id and self.level_id and self.level.framework_id != self.competence.framework_id:
            raise ValidationError({"level": WRONG_FRAMEWORK})

    @property
    def indicator_list(self) -> list[str]:
        return [line.strip() for line in (self.indicators or "").splitlines() if line.strip()]
