"""Training bases: places where people are trained, what they have, what takes place there, how they are judged."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.directory.models import Organisation
from cms.vocabulary.joined import split
from cms.vocabulary.models import LANGUAGE_COLUMNS, Topic
from cms.vocabulary.tongues import tongue_name

HUNDRED = 100


class BaseQuerySet(SearchableQuerySetMixin, models.QuerySet["TrainingBase"]):
    def public(self) -> "BaseQuerySet":
        return self.filter(is_public=True)


class TrainingBase(index.Indexed, models.Model):
    """A place of an organisation where training is held (schema.org: Place)."""

    slug = models.SlugField(_("slug"), unique=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="training_bases", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), max_length=1500, blank=True)
    equipment = models.TextField(_("equipment"), max_length=1500, blank=True, help_text=_("One item per line."))
    address = models.CharField(_("address"), max_length=240, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("In degrees, north is positive: 39.90420. It stands on the map with both."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    capacity = models.PositiveIntegerField(_("capacity"), validators=[MinValueValidator(1)])
    languages = models.CharField(_("languages"), max_length=100, blank=True)  # |en|zh|, ISO 639-1
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("specialities"))
    website = models.URLField(_("website"), blank=True)
    contact = models.EmailField(_("contact"), blank=True)
    since = models.DateField(_("training base since"), null=True, blank=True)
    is_public = models.BooleanField(_("public"), default=True)

    objects = BaseQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        *(
            field
            for code in LANGUAGE_COLUMNS
            for field in (
                index.SearchField(f"name_{code}", boost=2),
                index.AutocompleteField(f"name_{code}"),
                index.SearchField(f"description_{code}"),
                index.SearchField(f"equipment_{code}"),
            )
        ),
        index.FilterField("is_public"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="a_place_has_both_coordinates",
            )
        ]
        verbose_name = _("training base")
        verbose_name_plural = _("training bases")

    def __str__(self) -> str:
        return self.name or self.slug

    def get_absolute_url(self) -> str:
        return reverse("bases:base", args=[self.slug])

    def clean(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"longitude": _("Give both coordinates, or none.")})

    @property
    def equipment_list(self) -> list[str]:
        return [line.strip() for line in (self.equipment or "").splitlines() if line.strip()]

    @property
    def language_names(self) -> list[str]:
        return [tongue_name(code) for code in split(self.languages)]


class Criterion(models.Model):
    """By what bases are judged, the same for all; the weights of those in use add up to 100."""

    name = models.CharField(_("criterion"), max_length=160)
    indicator = models.TextField(_("indicator"), max_length=600, help_text=_("What is counted or looked at."))
    weight = models.PositiveSmallIntegerField(
        _("weight in percent"), validators=[MinValueValidator(1), MaxValueValidator(HUNDRED)]
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("criterion for training bases")
        verbose_name_plural = _("criteria for training bases")

    def __str__(self) -> str:
        return self.name


class Evaluation(ClusterableModel):
    """How a base did in one term. Once its summary is published it is not changed any more."""

    base = models.ForeignKey(
        TrainingBase, on_delete=models.PROTECT, related_name="evaluations", verbose_name=_("training base")
    )
    starts_on = models.DateField(_("first day of the term"))
    ends_on = models.DateField(_("last day of the term"))
    summary = models.TextField(
        _("published summary"), max_length=1500, blank=True, help_text=_("What the public reads beside the score.")
    )
    score = models.DecimalField(max_digits=4, decimal_places=1, null=True, editable=False)  # out of 100
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["base", "starts_on"], name="one_evaluation_a_term"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_training_term_ends_later"),
        ]
        verbose_name = _("evaluation of a training base")
        verbose_name_plural = _("evaluations of training bases")

    def __str__(self) -> str:
        return f"{self.base} {self.starts_on:%Y-%m-%d}–{self.ends_on:%Y-%m-%d}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def clean(self) -> None:
        if self.is_published:
            raise ValidationError(_("This evaluation is published and is not changed any more."))
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Change one of them.")})

    def problems(self, today: date | None = None) -> list[str]:
        """Why the summary cannot be published yet, in sentences."""
        scores = {score.criterion_id: score for score in self.scores.all()}
        wanted = list(Criterion.objects.filter(is_in_use=True))
        found = []
        if self.ends_on >= (today or timezone.localdate()):
            found.append(str(_("The term is not over yet.")))
        if not self.summary:
            found.append(str(_("The summary is missing.")))
        if sum(criterion.weight for criterion in wanted) != HUNDRED:
            found.append(str(_("The weights of the criteria do not add up to 100 percent.")))
        for criterion in wanted:
            score = scores.get(criterion.pk)
            if score is None:
                found.append(str(_("There is no score for: %(criterion)s") % {"criterion": criterion}))
            elif not score.evidence:
                found.append(str(_("There is no evidence for: %(criterion)s") % {"criterion": criterion}))
        return found


class Score(models.Model):
    """Points for one criterion, with the evidence they rest on."""

    evaluation = ParentalKey(Evaluation, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(
        _("points out of 100"), validators=[MinValueValidator(0), MaxValueValidator(HUNDRED)]
    )
    evidence = models.TextField(_("evidence"), max_length=1500, help_text=_("Figures, documents, visits."))

    class Meta:
        ordering = ["criterion__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(condition=Q(points__lte=HUNDRED), name="at_most_a_hundred_points"),
        ]
        verbose_name = _("score")
        verbose_name_plural = _("scores")

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"
