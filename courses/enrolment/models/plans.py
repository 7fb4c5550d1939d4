"""Training plans: what people owe, by when, and which courses count for it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.directory.models import Organisation
from cms.vocabulary.models import Audience, Topic
from courses.catalogue.models import Course

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class TrainingPlanQuerySet(models.QuerySet["TrainingPlan"]):
    def in_force(self) -> "TrainingPlanQuerySet":
        return self.filter(is_in_force=True)

    def counting(self, course: Course) -> "TrainingPlanQuerySet":
        """The plans in force that a course counts for: it is required, or it is about one of their topics and
        for one of their audiences."""
        elective = Q(topics__in=course.topics.all()) & (
            Q(audiences__isnull=True) | Q(audiences__in=course.audiences.all())
        )
        return self.in_force().filter(Q(courses=course) | elective).distinct()

    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "TrainingPlanQuerySet":
        """The plans that may bind people whom the user sees: those for everybody, and those of bodies above or
        below the user's own."""
        if not user.is_authenticated:
            return self.none()
        seen = list(Organisation.objects.visible_to(user).values_list("path", flat=True))
        if not seen:
            return self.none()
        step = Organisation.steplen
        lines = {path[:length] for path in seen for length in range(step, len(path) + 1, step)}
        return self.filter(Q(organisation__isnull=True) | Q(organisation__path__in=lines))


class TrainingPlan(ClusterableModel):
    """A mandate: so many credit hours and these courses within a period, for the people whom it names.

    It binds learners of ``organisation`` and the bodies below it (of every body, if none is named) who belong to
    one of its ``audiences`` (to any, if none is named). Where it has assignments, it binds only those whom at
    least one of them names.
    """

    class Period(models.TextChoices):
        YEAR = "year", _("A calendar year")
        ROLLING = "rolling", _("Twelve months from a person’s first day, again and again")
        JOINING = "joining", _("Once, within so many days of joining")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="training_plans",
        verbose_name=_("issued by"),
        help_text=_("It binds this body and those below it. Empty: every organisation."),
    )
    audiences = ParentalManyToManyField(
        Audience, blank=True, related_name="+", verbose_name=_("audiences"), help_text=_("None chosen: all of them.")
    )
    period = models.CharField(_("period"), max_length=10, choices=Period, default=Period.YEAR)
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(2000), MaxValueValidator(2200)],
        help_text=_("The first year in which the plan binds."),
    )
    is_recurring = models.BooleanField(
        _("every year again"), default=False, help_text=_("A calendar year’s plan only: it binds in later years, too.")
    )
    days = models.PositiveSmallIntegerField(
        _("days after joining"), null=True, blank=True, help_text=_("How long newcomers have. For “once” only.")
    )
    quiet_days = models.PositiveSmallIntegerField(
        _("quiet days"),
        default=0,
        help_text=_("So many days after a person’s first day the plan begins for them; until then nobody is reminded."),
    )
    hours = models.DecimalField(
        _("required credit hours"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)]
    )
    is_prorated = models.BooleanField(
        _("in proportion"), default=False, help_text=_("Whoever joins during the year owes only their part of it.")
    )
    courses = ParentalManyToManyField(Course, blank=True, related_name="plans", verbose_name=_("required courses"))
    topics = ParentalManyToManyField(
        Topic,
        blank=True,
        related_name="+",
        verbose_name=_("topics of electives"),
        help_text=_("Courses about these topics and for these audiences count, too."),
    )
    minimum_score = models.PositiveSmallIntegerField(
        _("minimum score"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent: a course that is assessed counts only from this score on."),
    )
    counts_repeats = models.BooleanField(
        _("repeats count"),
        default=False,
        help_text=_("A course that is completed again within the period counts again. Otherwise it counts once."),
    )
    carry_over = models.DecimalField(
        _("carry over"),
        max_digits=5,
        decimal_places=1,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("At most so many hours above what was owed count for the period after it."),
    )
    escalation_days = models.PositiveSmallIntegerField(
        _("tell the coordinator"),
        default=7,
        help_text=_("So many days after the deadline the unit’s coordinators are told who is overdue."),
    )
    is_in_force = models.BooleanField(_("in force"), default=True)

    objects = TrainingPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(period="joining") | Q(days__isnull=False, days__gt=0), name="plan_for_newcomers_has_days"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0, carry_over__gte=0), name="plan_hours_not_negative"),
        ]
        verbose_name = _("training plan")
        verbose_name_plural = _("training plans")

    def __str__(self) -> str:
        return self.title or self.slug

    def clean(self) -> None:
        if self.period == self.Period.JOINING and not self.days:
            raise ValidationError({"days": _("Say within how many days of joining it is owed.")})


class Cohort(models.Model):
    """People who are trained together, such as the intake of a spring."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=120)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="cohorts", verbose_name=_("people")
    )

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="cohort_title_once_in_a_unit")]
        verbose_name = _("cohort")
        verbose_name_plural = _("cohorts")

    def __str__(self) -> str:
        return self.title


class PlanAssignment(models.Model):
    """Whom a plan names: a unit with all below it, a grade (in that unit, if one is named), a cohort, or a person."""

    plan = ParentalKey(TrainingPlan, on_delete=models.CASCADE, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("organisation", "unit"),
    )
    grade = models.CharField(pgettext_lazy("post", "grade"), max_length=60, blank=True)
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cohort")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False)
                | ~Q(grade="")
                | Q(cohort__isnull=False)
                | Q(person__isnull=False),
                name="plan_assignment_names_somebody",
            )
        ]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        named = [self.organisation, self.grade, self.cohort, self.person]
        return " · ".join(str(part) for part in named if part)

    def clean(self) -> None:
        if not (self.organisation_id or self.grade or self.cohort_id or self.person_id):
            raise ValidationError(_("Name a unit, a grade, a cohort or a person."))


class PlanExceptionQuerySet(models.QuerySet["PlanException"]):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "PlanExceptionQuerySet":
        """Those that were noted in the organisations whose people the user may see, and no others."""
        return self.filter(organisation__in=Organisation.objects.visible_to(user))


class PlanException(models.Model):
    """Why a person owes less than the plan says. Never changed: it is ended by withdrawing it.

    It counts wherever the plan binds the person; the reason is told in ``organisation`` only, where it was noted.
    """

    class Kind(models.TextChoices):
        LEAVE = "leave", _("Leave")
        PART_TIME = "part-time", _("Part-time")
        EXEMPTION = "exemption", _("Exemption")

    plan = models.ForeignKey(TrainingPlan, on_delete=models.PROTECT, related_name="exceptions", verbose_name=_("plan"))
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    percent = models.PositiveSmallIntegerField(
        _("percent of full time"),
        default=100,
        validators=[MaxValueValidator(100)],
        help_text=_("For part-time: 50 for half."),
    )
    reason = models.CharField(_("reason"), max_length=400)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = PlanExceptionQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="exception_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="exception_percent_at_most_100"),
        ]
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")

    def __str__(self) -> str:
        return f"{self.learner} · {self.get_kind_display()} {self.starts_on}–{self.ends_on}"

    @property
    def part_owed(self) -> Decimal:
        """What of the plan is owed on a day that the exception covers: 0 to 1."""
        return Decimal(self.percent) / 100 if self.kind == self.Kind.PART_TIME else Decimal(0)
