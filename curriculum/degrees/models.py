"""Degree programmes and secondary disciplines with degree points, as institutions offer them."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.directory.models import Organisation
from cms.vocabulary.joined import split
from cms.vocabulary.models import LANGUAGE_COLUMNS, Topic
from cms.vocabulary.tongues import tongue_name

RESERVED = {"compare"}  # words of our own addresses
FIELD_CODE = RegexValidator(r"^[0-9A-Z]{2,8}$", _("Digits and capital letters, such as 0421 or 0301Z1."))


class DegreeQuerySet(SearchableQuerySetMixin, models.QuerySet["DegreeProgramme"]):
    def public(self) -> "DegreeQuerySet":
        return self.filter(live=True)


class DegreeProgramme(WorkflowMixin, DraftStateMixin, RevisionMixin, index.Indexed, models.Model):
    """A programme that leads to a degree (schema.org: EducationalOccupationalProgram), or a secondary discipline in
    which degrees are granted. What is changed waits as a draft until somebody has reviewed and published it."""

    class Level(models.TextChoices):
        """ISCED 2011: levels 6, 7 and 8."""

        BACHELOR = "1-bachelor", _("Bachelor’s degree")
        MASTER = "2-master", _("Master’s degree")
        DOCTORATE = "3-doctorate", _("Doctorate")

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Degree programme")
        DISCIPLINE = "discipline", _("Secondary discipline with a degree point")

    class Mode(models.TextChoices):
        FULL_TIME = "full-time", _("Full time")
        PART_TIME = "part-time", _("Part time")
        ONLINE = "online", _("Online")

    slug = models.SlugField(_("slug"), unique=True, max_length=80)
    institution = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="degree_programmes", verbose_name=_("institution")
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), max_length=500, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PROGRAMME)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    field_code = models.CharField(
        _("field code"),
        max_length=8,
        blank=True,
        validators=[FIELD_CODE],
        help_text=_("Of the national catalogue of disciplines, or ISCED-F 2013 (0421: law)."),
    )
    mode = models.CharField(_("form of study"), max_length=20, choices=Mode, default=Mode.FULL_TIME)
    languages = models.CharField(_("languages of teaching"), max_length=100, blank=True)  # |en|zh|, ISO 639-1
    months = models.PositiveSmallIntegerField(
        _("duration in months"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    fee = models.DecimalField(
        _("fees for each year"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("0: free of charge. Empty: not known."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[RegexValidator(r"^[A-Z]{3}$", _("Three letters: CNY."))]
    )
    entry_rules = models.TextField(_("entry rules"), max_length=1500, blank=True)
    scholarships = models.TextField(_("scholarships"), max_length=1500, blank=True)
    deadline = models.DateField(_("deadline for applications"), null=True, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    accredited_by = models.CharField(_("accredited by"), max_length=200, blank=True)
    accredited_from = models.DateField(_("accredited from"), null=True, blank=True)
    accredited_until = models.DateField(_("accredited until"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    objects = DegreeQuerySet.as_manager()

    search_fields: ClassVar[list[Any]] = [
        *(
            field
            for code in LANGUAGE_COLUMNS
            for field in (
                index.SearchField(f"title_{code}", boost=2),
                index.AutocompleteField(f"title_{code}"),
                index.SearchField(f"summary_{code}"),
            )
        ),
        index.FilterField("live"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]

    class Meta:
        ordering = ["level", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accredited_until__isnull=True)
                | Q(accredited_from__isnull=True)
                | Q(accredited_until__gte=F("accredited_from")),
                name="accreditation_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(fee__isnull=True) | ~Q(currency=""), name="fees_have_a_currency"),
        ]
        verbose_name = _("degree programme")
        verbose_name_plural = _("degree programmes")

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("degrees:degree", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.slug in RESERVED:
            errors["slug"] = _("This word has another use here. Choose another.")
        if self.fee is not None and not self.currency:
            errors["currency"] = _("Say in which currency.")
        if self.accredited_from and self.accredited_until and self.accredited_until < self.accredited_from:
            errors["accredited_until"] = _("The last day is before the first. Change one of them.")
        if self.deadline and self.starts_on and self.starts_on < self.deadline:
            errors["starts_on"] = _("It begins before its deadline. Change one of them.")
        if errors:
            raise ValidationError(errors)

    @property
    def language_names(self) -> list[str]:
        return [tongue_name(code) for code in split(self.languages)]

    @property
    def is_accredited(self) -> bool:
        """Whether its accreditation holds today."""
        today = self._today()
        begun = self.accredited_from is None or self.accredited_from <= today
        over = self.accredited_until is not None and self.accredited_until < today
        return bool(self.accredited_by) and begun and not over

    @property
    def is_closed(self) -> bool:
        return self.deadline is not None and self.deadline < self._today()

    def _today(self) -> date:
        """The day it is where the institution is: its deadlines end at midnight there."""
        return timezone.localdate(timezone=self.institution.zone)
