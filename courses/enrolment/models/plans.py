"""Training plans: what people of an audience learn in a year, and which courses count for it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.vocabulary.models import Audience, Topic
from courses.catalogue.models import Course


class TrainingPlanQuerySet(models.QuerySet["TrainingPlan"]):
    def counting(self, course: Course) -> "TrainingPlanQuerySet":
        """The plans in force that a course counts for: it is required, or it is about one of their topics and
        for one of their audiences."""
        elective = Q(topics__in=course.topics.all(), audiences__in=course.audiences.all())
        return self.filter(Q(courses=course) | elective, is_in_force=True).distinct()


class TrainingPlan(ClusterableModel):
    """So many credit hours in a year for people of some audiences, from required courses and electives by topic."""

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2200)])
    hours = models.DecimalField(_("required credit hours"), max_digits=5, decimal_places=1)
    audiences = ParentalManyToManyField(Audience, related_name="+", verbose_name=_("audiences"))
    courses = ParentalManyToManyField(Course, blank=True, related_name="plans", verbose_name=_("required courses"))
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics of electives"),
        help_text=_("Courses about these topics and for these audiences count, too."),
    )
    is_in_force = models.BooleanField(_("in force"), default=True)

    objects = TrainingPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "slug"]
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")

    def __str__(self) -> str:
        return self.title or self.slug
