"""What a course consists of: modules, and the activities in them."""

import uuid
from typing import Any, ClassVar

from django.core.validators import FileExtensionValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField

from cms.pages.blocks import StoryBlock
from courses.catalogue.kinds import Kind, kinds
from courses.catalogue.media import course_files, seconds_of, validate_media
from courses.catalogue.models.courses import Course, CourseVersion
from courses.catalogue.models.texts import has_texts


class Module(models.Model):
    """A part of a course; its activities are done in order. Without a version it belongs to the draft."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules", verbose_name=_("course"))
    version = models.ForeignKey(
        CourseVersion, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="modules"
    )
    title = models.CharField(_("title"), max_length=160)
    sort_order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["course", "sort_order"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "sort_order"], condition=Q(version=None), name="module_order_once_per_draft"
            ),
            models.UniqueConstraint(fields=["version", "sort_order"], name="module_order_once_per_version"),
        ]
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def __str__(self) -> str:
        return self.title or f"{self.course} {self.sort_order}"


class Activity(ClusterableModel):
    """One thing a learner does. What it shows and what counts as done is its kind's affair."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="activities", verbose_name=_("module"))
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="The same activity in every version.")
    slug = models.SlugField(_("slug"))
    kind = models.CharField(_("kind"), max_length=20)
    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("What a learner should set aside."))
    required_minutes = models.PositiveSmallIntegerField(
        _("required minutes"),
        default=0,
        validators=[MaxValueValidator(600)],
        help_text=_("It is done after this much active time at the earliest. 0: time is counted but not required."),
    )
    is_optional = models.BooleanField(_("optional"), default=False, help_text=_("The course is complete without it."))
    must_be_redone = models.BooleanField(
        _("changed so much that it must be done again"),
        default=False,
        help_text=_("Asked of those who move to the next version and had done it in an earlier one."),
    )
    body = StreamField(StoryBlock(required=False), blank=True, verbose_name=_("text"))
    media = models.FileField(
        _("video or audio file"),
        upload_to="media/",
        storage=course_files,
        blank=True,
        validators=[FileExtensionValidator(["mp4", "webm", "mp3", "m4a", "ogg", "opus"]), validate_media],
    )
    media_seconds = models.PositiveIntegerField(_("length in seconds"), default=0, editable=False)
    required_percent = models.PositiveSmallIntegerField(
        _("share to be played, in percent"),
        default=90,
        validators=[MaxValueValidator(100)],
        help_text=_("Of a film or recording. What is skipped does not count."),
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
            models.UniqueConstraint(fields=["module", "key"], name="activity_key_once_per_module"),
        ]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return self.title or self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.media and not getattr(self.media, "_committed", True):
            self.measure_media()
        super().save(*args, **kwargs)

    def measure_media(self) -> None:
        """Notes how long the film or recording lasts."""
        self.media_seconds = seconds_of(self.media.file)

    @property
    def of_kind(self) -> Kind:
        """The behaviour of its kind. ``KeyError`` where the kind's folder is not there any more."""
        return kinds()[self.kind]

    def is_translated_into(self, code: str) -> bool:
        """Whether title, text, transcript and all that its kind adds are there in this language."""
        return has_texts(self, code, "title", "body", "transcript") and self.of_kind.is_translated_into(self, code)
