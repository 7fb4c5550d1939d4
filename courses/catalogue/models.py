"""What can be learned: courses, their modules and activities; one row each, a column per language."""

from functools import partial
from typing import ClassVar

from django.conf import settings
from django.core.validators import FileExtensionValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.search.queryset import SearchableQuerySetMixin

from cms.pages.blocks import StoryBlock
from cms.vocabulary.models import LANGUAGE_COLUMNS, Audience, StrategyMeasure, Topic
from courses.catalogue.media import validate_media


class CourseQuerySet(SearchableQuerySetMixin, models.QuerySet["Course"]):
    def published(self) -> "CourseQuerySet":
        return self.filter(is_published=True)


class Course(index.Indexed, ClusterableModel):
    """A course (schema.org: Course) with the credit hours its completion is worth."""

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
    audiences = ParentalManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("audiences"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
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
        """Codes of the languages in which the course, its modules and every activity have their text."""
        modules = list(self.modules.all())
        activities = [activity for module in modules for activity in module.activities.all()]
        return [
            code
            for code, _name in settings.LANGUAGES
            if self.is_translated_into(code)
            and all(has_texts(module, code, "title") for module in modules)
            and all(activity.is_translated_into(code) for activity in activities)
        ]


for code, _name in settings.LANGUAGES:
    # Search tells the language of a text by the name it has.
    words = property(partial(Course.subject_words, code=code))
    setattr(Course, f"subject_words_{code.replace('-', '_')}", words)


def has_texts(record: models.Model, code: str, *fields: str) -> bool:
    """Whether every field that is filled in English is filled in the language ``code``, too."""
    column = code.replace("-", "_")
    return all(
        bool(getattr(record, f"{field}_{column}"))
        for field in fields
        if field == "title" or getattr(record, f"{field}_en")
    )


class Module(models.Model):
    """A part of a course; its activities are done in order."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules", verbose_name=_("course"))
    title = models.CharField(_("title"), max_length=160)
    sort_order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["course", "sort_order"]
        constraints = [models.UniqueConstraint(fields=["course", "sort_order"], name="module_order_once_per_course")]
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self) -> str:
        return self.title or f"{self.course} {self.sort_order}"


class Activity(models.Model):
    """One thing a learner does. What counts as done depends on its kind (courses.player)."""

    class Kind(models.TextChoices):
        READING = "reading", _("Reading")
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        QUIZ = "quiz", _("Quiz")

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="activities", verbose_name=_("module"))
    slug = models.SlugField(_("slug"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("What a learner should set aside."))
    body = StreamField(StoryBlock(required=False), blank=True, verbose_name=_("text"))
    media = models.FileField(
        _("video or audio file"),
        upload_to="courses/",
        blank=True,
        validators=[FileExtensionValidator(["mp4", "webm", "mp3", "m4a", "ogg", "opus"]), validate_media],
    )
    captions = models.TextField(_("captions"), blank=True, help_text=_("WebVTT, as in: 00:00.000 --> 00:04.000"))
    transcript = models.TextField(_("transcript"), blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"))

    CAPTION_HEADER: ClassVar[str] = "WEBVTT\n\n"

    class Meta:
        ordering = ["module", "sort_order"]
        constraints = [
            models.UniqueConstraint(fields=["module", "sort_order"], name="activity_order_once_per_module"),
            models.UniqueConstraint(fields=["module", "slug"], name="activity_slug_once_per_module"),
        ]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return self.title or self.slug

    def is_translated_into(self, code: str) -> bool:
        """Whether title, text and transcript are there in this language; a quiz's questions are asked apart."""
        return has_texts(self, code, "title", "body", "transcript")
