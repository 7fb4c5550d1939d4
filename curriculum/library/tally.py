"""How often lessons were taught. ``curriculum.adoption`` writes it, the library sorts by it."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST_SHOWN = 5  # times; a smaller number might show who taught


class LessonTally(models.Model):
    """How often a lesson was taught, in all its languages together."""

    lesson_key = models.UUIDField(_("lesson"), unique=True)
    times_taught = models.PositiveIntegerField(_("times taught"), default=0)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.lesson_key}: {self.times_taught}"


def shown_tallies(lessons: Iterable[Any]) -> dict[Any, int]:
    """How often each of these lessons was taught, as far as it may be told: one query."""
    keys = [lesson.translation_key for lesson in lessons]
    tallies = LessonTally.objects.filter(lesson_key__in=keys, times_taught__gte=FEWEST_SHOWN)
    return dict(tallies.values_list("lesson_key", "times_taught"))
