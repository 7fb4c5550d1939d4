"""What was taught where: teachers' own reports, and the targets they are measured against.

A report is a person's word and may be corrected by that person; it is no learning record (see courses.records).
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.vocabulary.models import Region, Topic
from curriculum.plans.models import Stage

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LARGEST_CLASS = 500


class TaughtLessonQuerySet(models.QuerySet["TaughtLesson"]):
    def of(self, user: "AbstractBaseUser | AnonymousUser") -> "TaughtLessonQuerySet":
        """The reports a teacher wrote, and may therefore change."""
        return self.filter(teacher_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "TaughtLessonQuerySet":
        """The reports whose numbers ``user`` may count: all for editors, their own schools' for coordinators."""
        if not user.is_authenticated:
            return self.none()
        if sees_everything(user):
            return self
        return self.filter(school__in=Organisation.objects.visible_to(user))


def sees_everything(user: "AbstractBaseUser | AnonymousUser") -> bool:
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))  # type: ignore[attr-defined]


class TaughtLesson(models.Model):
    """“I taught this.” Stage, topics and region are those of the day: later changes rewrite no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form_key = models.UUIDField(unique=True, editable=False, help_text="One for each form: sent twice, stored once.")
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="taught_lessons",
        verbose_name=_("teacher"),
    )
    lesson_key = models.UUIDField(_("lesson"), db_index=True)
    lesson_title = models.CharField(_("lesson"), max_length=255)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.CharField(_("version"), max_length=7, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    taught_on = models.DateField(_("date"))
    class_size = models.PositiveSmallIntegerField(
        _("number of students"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_CLASS)]
    )
    grade = models.PositiveSmallIntegerField(
        _("grade"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    school = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("school")
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    rating = models.PositiveSmallIntegerField(
        _("how it went"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = TaughtLessonQuerySet.as_manager()

    class Meta:
        ordering = ["-taught_on", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(class_size__gte=1, class_size__lte=LARGEST_CLASS), name="taught_class_size"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5), name="taught_rating"
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__gte=1, grade__lte=12), name="taught_grade"
            ),
        ]
        verbose_name = _("lesson taught")
        verbose_name_plural = _("lessons taught")

    def __str__(self) -> str:
        return f"{self.lesson_title} · {self.taught_on}"


class PopularisationTarget(models.Model):
    """How many lessons and pupils a region wants to reach in a year."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    lessons = models.PositiveIntegerField(_("lessons taught"), validators=[MinValueValidator(1)])
    pupils = models.PositiveIntegerField(_("pupils reached"), validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["-year", "region"]
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="one_target_per_region_and_year")]
        verbose_name = _("popularisation target")
        verbose_name_plural = _("popularisation targets")

    def __str__(self) -> str:
        return f"{self.region} {self.year}"
