"""The words lessons are described and found by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cms.vocabulary.models import Term


class Stage(models.TextChoices):
    """The stage of education (UNESCO ISCED 2011: levels 1, 2–3 and 6–8)."""

    PRIMARY = "primary", _("Primary school")
    SECONDARY = "secondary", _("Secondary school")
    UNIVERSITY = "university", _("University")


class BloomLevel(models.TextChoices):
    """The cognitive process students reach (Anderson and Krathwohl 2001, the revised taxonomy of Bloom)."""

    REMEMBER = "remember", pgettext_lazy("Bloom’s taxonomy", "Remember")
    UNDERSTAND = "understand", pgettext_lazy("Bloom’s taxonomy", "Understand")
    APPLY = "apply", pgettext_lazy("Bloom’s taxonomy", "Apply")
    ANALYSE = "analyse", pgettext_lazy("Bloom’s taxonomy", "Analyse")
    EVALUATE = "evaluate", pgettext_lazy("Bloom’s taxonomy", "Evaluate")
    CREATE = "create", pgettext_lazy("Bloom’s taxonomy", "Create")


class MaterialType(models.TextChoices):
    """What a lesson brings along (IEEE LOM: learning resource type)."""

    WORKSHEET = "worksheet", _("Worksheet")
    SLIDES = "slides", _("Slides")
    PICTURE = "picture", pgettext_lazy("material", "Picture")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Audio")
    READING = "reading", pgettext_lazy("material", "Reading text")
    OTHER = "other", pgettext_lazy("material", "Other material")


class Subject(Term):
    """A school subject or field of study a lesson fits."""

    class Meta(Term.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class Competence(Term):
    """What students can do in the end, across lessons; the code is the framework's own."""

    code = models.CharField(_("code"), max_length=20, unique=True, help_text=_("For example: IP-2."))

    class Meta(Term.Meta):
        verbose_name = _("competence")
        verbose_name_plural = _("competences")


class ActivityType(Term):
    """The kind of activity students do, such as a role play or an experiment."""

    class Meta(Term.Meta):
        verbose_name = _("kind of activity")
        verbose_name_plural = _("kinds of activity")


class TeachingStrategy(Term):
    """How the teacher lets students learn, such as direct instruction or project work."""

    class Meta(Term.Meta):
        verbose_name = _("teaching strategy")
        verbose_name_plural = _("teaching strategies")


def grade_range(first: int | None, last: int | None) -> str:
    """Grades as a range of numbers, '3–4' or '5'; empty where there are none."""
    return "–".join(dict.fromkeys(str(grade) for grade in (first, last) if grade))
