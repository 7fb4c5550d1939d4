"""Courses as the catalogue shows them, and the versions in which people take them."""

import uuid
from functools import partial

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.competences.models import Descriptor
from cms.directory.models import Organisation
from cms.professionals.models import Profile
from cms.vocabulary.models import LANGUAGE_COLUMNS, Audience, StrategyMeasure, Topic
from courses.catalogue.models.texts import has_texts


class Lecturer(models.Model):
    """Who teaches a course, as the course page introduces them."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("post"), max_length=160, blank=True, help_text=_("What they are, and where."))
    bio = models.TextField(_("about"), max_length=1000, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    profile = models.ForeignKey(
        Profile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profile"),
        help_text=_("Their page among the professionals, if they have one. It is linked while it is public."),
    )
    photo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("photo"),
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("lecturer")
        verbose_name_plural = _("lecturers")

    def __str__(self) -> str:
        return self.name


class CourseQuerySet(SearchableQuerySetMixin, models.QuerySet["Course"]):
    def published(self) -> "CourseQuerySet":
        """Courses on offer: with a version that can be taken."""
        return self.filter(is_published=True, current__isnull=False)


class Course(index.Indexed, ClusterableModel):
    """A course (schema.org: Course) with the credit hours its completion is worth.

    Its modules and activities are edited as a draft; people take a version of them, which never changes.
    """

    class Level(models.TextChoices):
        INTRODUCTORY = "introductory", _("Introductory")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=400)
    outcomes = models.TextField(_("outcomes"), help_text=_("What learners can do afterwards, one outcome per line."))
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.INTRODUCTORY)
    credit_hours = models.DecimalField(
        _("credit hours"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)]
    )
    valid_months = models.PositiveSmallIntegerField(
        _("valid for months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("For a qualification that expires and is renewed by taking the course again. Empty: for good."),
    )
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    develops = ParentalManyToManyField(
        Descriptor, blank=True, related_name="courses", verbose_name=_("competences that it develops")
    )
    lecturers = ParentalManyToManyField(Lecturer, blank=True, related_name="courses", verbose_name=_("lecturers"))
    current = models.ForeignKey(
        "CourseVersion", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    is_published = models.BooleanField(_("published"), default=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    objects = CourseQuerySet.as_manager()

    search_fields = [
        *(
            field
            for code in LANGUAGE_COLUMNS
            for field in (
                index.SearchField(f"title_{code}", boost=2),
                index.AutocompleteField(f"title_{code}"),
                index.SearchField(f"summary_{code}"),
                index.SearchField(f"outcomes_{code}"),
                index.SearchField(f"subject_words_{code}"),
            )
        ),
        index.FilterField("is_published"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
        index.RelatedFields("audiences", [index.FilterField("slug")]),
    ]

    class Meta:
        ordering = ["slug"]
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def __str__(self) -> str:
        return self.title or self.slug

    @property
    def outcome_list(self) -> list[str]:
        return [line.strip() for line in (self.outcomes or "").splitlines() if line.strip()]

    def subject_words(self, code: str) -> list[str]:
        """What this is, what it is about and whom it is for, in the words of a language, for search."""
        with override(code):
            return [str(self._meta.verbose_name), *map(str, [*self.topics.all(), *self.audiences.all()])]

    def is_translated_into(self, code: str) -> bool:
        """Whether the course page itself has its text in this language."""
        return has_texts(self, code, "title", "summary", "outcomes")

    def languages(self) -> list[str]:
        """Codes of the languages in which the course page and every activity of its version have their text."""
        taught = self.current.languages if self.current else []
        return [code for code, _name in settings.LANGUAGES if code in taught and self.is_translated_into(code)]


for code, _name in settings.LANGUAGES:
    # Search tells the language of a text by the name it has.
    words = property(partial(Course.subject_words, code=code))
    setattr(Course, f"subject_words_{code.replace('-', '_')}", words)


class CourseVersion(models.Model):
    """A course as it was published on a day. Its modules and activities are never edited afterwards.

    xAPI names the version in a statement's ``context.revision``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions", verbose_name=_("course"))
    number = models.PositiveIntegerField(_("number"))
    note = models.TextField(
        _("what is new"), blank=True, max_length=500, help_text=_("Learners who began an earlier version read it.")
    )
    is_correction = models.BooleanField(
        _("correction"),
        default=False,
        help_text=_("Misprints and translations: everyone goes on in this version, and nothing is to be done again."),
    )
    credit_hours = models.DecimalField(_("credit hours"), max_digits=5, decimal_places=1)
    minutes = models.PositiveIntegerField(_("minutes"), default=0)
    languages = models.JSONField(_("languages"), default=list)
    published_at = models.DateTimeField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="version_number_once_per_course")]
        verbose_name = _("course version")
        verbose_name_plural = _("course versions")

    def __str__(self) -> str:
        return f"{self.course} {self.number}"
