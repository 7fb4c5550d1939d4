"""What somebody must have done to be admitted, and what they owe afterwards."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.directory.models import Organisation
from cms.vocabulary.models import StrategyMeasure, Topic
from courses.catalogue.models import Course


class QualificationTrack(ClusterableModel):
    """The way to one qualification, such as patent agent: courses, examination papers and practice."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=120, help_text=_("The profession, e.g. patent agent."))
    description = models.TextField(_("description"), max_length=1500, blank=True)
    authority = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept by"),
        help_text=_("The body that keeps this register."),
    )
    courses = ParentalManyToManyField(Course, blank=True, related_name="+", verbose_name=_("required courses"))
    practice_hours = models.PositiveIntegerField(
        _("practice hours"), default=0, help_text=_("Confirmed by the organisations in which they were worked.")
    )
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics of continuing education"),
        help_text=_("Hours about these topics count. None chosen: all hours."),
    )
    continuing_hours = models.DecimalField(
        _("continuing education"),
        max_digits=5,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("Hours in each calendar year on the register."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("After so many months an entry is renewed. Empty: it stays."),
    )
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    is_open = models.BooleanField(_("open for applications"), default=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("qualification track")
        verbose_name_plural = _("qualification tracks")

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("intermediaries:track", args=[self.slug])


class Paper(models.Model):
    """One paper of the examination."""

    track = ParentalKey(QualificationTrack, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(_("title"), max_length=160)
    most_points = models.PositiveSmallIntegerField(_("out of"), default=100, validators=[MinValueValidator(1)])
    pass_points = models.PositiveSmallIntegerField(_("points to pass"), default=60)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pass_points__lte=F("most_points")), name="a_paper_can_be_passed")
        ]
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.most_points is not None and self.pass_points is not None and self.pass_points > self.most_points:
            raise ValidationError({"pass_points": _("More points than the paper has. Change one of them.")})
