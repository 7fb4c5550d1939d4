"""What learners say of a course. Shown once an editor has looked at it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, Count, Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models.courses import Course, CourseVersion


class ReviewQuerySet(models.QuerySet["Review"]):
    def shown(self) -> "ReviewQuerySet":
        return self.filter(state=Review.State.SHOWN)

    def summary(self) -> tuple[float | None, int]:
        """The average of the stars and how many gave them: a rating counts as soon as it is given."""
        found = self.exclude(state=Review.State.HIDDEN).aggregate(stars=Avg("stars"), number=Count("pk"))
        return found["stars"], found["number"]


class Review(models.Model):
    """One learner's rating of a course, with words if they like (schema.org: Review)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SHOWN = "shown", _("shown")
        HIDDEN = "hidden", _("not shown")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("course"))
    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="+", verbose_name=_("version"))
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField(_("stars"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("what you would tell others"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    written_at = models.DateTimeField(_("written"), auto_now=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.UniqueConstraint(fields=["course", "learner"], name="one_review_per_learner"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="review_has_one_to_five_stars"),
        ]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.course} {'★' * self.stars}"
