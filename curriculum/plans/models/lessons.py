"""Lesson plans (schema.org: LearningResource)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from cms.competences.models import Descriptor
from cms.pages.models import ContentPage
from cms.vocabulary.models import GlossaryTerm, Licence, Topic
from curriculum.plans.blocks import (
    AlignmentsBlock,
    CitationsBlock,
    LineBlock,
    ProcedureBlock,
    RelatedLessonsBlock,
    WorksheetsBlock,
)
from curriculum.plans.jsonld import learning_resource
from curriculum.plans.models.vocabulary import (
    ActivityType,
    BloomLevel,
    Competence,
    MaterialType,
    Stage,
    Subject,
    TeachingStrategy,
    grade_range,
)
from curriculum.plans.panels import LESSON_PANELS
from curriculum.plans.sequence import Neighbours, neighbours_of, related_in_language
from curriculum.plans.terms import Named, terms_of

VERSION = RegexValidator(r"^[0-9]{1,3}\.[0-9]{1,3}$", _("Two numbers with a full stop, such as 1.2."))
SEPARATOR = "|"
TERMS = ("subjects", "topics", "glossary", "competences", "activity_types", "teaching_strategies")


def _terms(model: type[models.Model], label: Any) -> ParentalManyToManyField:
    return ParentalManyToManyField(model, blank=True, related_name="+", verbose_name=label)


class LessonPlanPage(ContentPage):
    """A lesson as a teacher takes it into class."""

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("The steps must add up to this."))
    subjects = _terms(Subject, _("subjects"))
    topics = _terms(Topic, _("topics"))
    glossary = _terms(GlossaryTerm, _("terms of art"))
    competences = _terms(Competence, _("competences"))
    activity_types = _terms(ActivityType, _("kinds of activity"))
    teaching_strategies = _terms(TeachingStrategy, _("teaching strategies"))
    develops = ParentalManyToManyField(
        Descriptor,
        blank=True,
        related_name="+",
        verbose_name=_("competences of a profession"),
        help_text=_("For lessons at university and in training: what of a profession’s framework they develop."),
    )
    bloom_level = models.CharField(
        _("level of Bloom’s taxonomy"),
        max_length=20,
        choices=BloomLevel,
        blank=True,
        help_text=_("The highest one the lesson asks of students."),
    )
    big_idea = models.CharField(
        _("big idea"),
        max_length=300,
        blank=True,
        help_text=_("The one thought that should stay, e.g. “Behind every object stands somebody who had the idea.”"),
    )
    essential_questions = StreamField(LineBlock(), blank=True, verbose_name=_("essential questions"))
    objectives = StreamField(LineBlock(), verbose_name=_("learning objectives"))
    prior_knowledge = models.TextField(_("prior knowledge"), blank=True)
    preparation = StreamField(LineBlock(), blank=True, verbose_name=_("preparation"))
    materials = StreamField(LineBlock(), blank=True, verbose_name=_("materials"))
    steps = StreamField(ProcedureBlock(), verbose_name=_("steps"))
    differentiation = models.TextField(
        _("learners’ needs"), blank=True, help_text=_("How to help those who need more help, or more to do.")
    )
    assessment = models.TextField(
        _("assessment"), blank=True, help_text=_("How you see that the objectives are reached.")
    )
    home_task = models.TextField(_("home task"), blank=True)
    answer_key = models.TextField(_("answers and notes for the teacher"), blank=True)
    worksheets = StreamField(WorksheetsBlock(), blank=True, verbose_name=_("worksheets"))
    laws = StreamField(CitationsBlock(), blank=True, verbose_name=_("laws cited"))
    alignment = StreamField(AlignmentsBlock(), blank=True, verbose_name=_("curriculum standards"))
    related_lessons = StreamField(RelatedLessonsBlock(), blank=True, verbose_name=_("related lessons"))
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )
    version = models.CharField(
        _("version"),
        max_length=7,
        default="1.0",
        validators=[VERSION],
        help_text=_("Raise it when you change content."),
    )
    change_note = models.TextField(
        _("what changed"), blank=True, help_text=_("One sentence for teachers who know the version before.")
    )
    material_types = models.CharField(max_length=100, blank=True, editable=False)

    translated_fields = [
        "big_idea",
        "essential_questions",
        "objectives",
        "prior_knowledge",
        "preparation",
        "materials",
        "steps",
        "differentiation",
        "assessment",
        "home_task",
        "answer_key",
        "worksheets",
        "change_note",
    ]
    shared_fields = [
        "stage",
        "grade_from",
        "grade_to",
        "minutes",
        "subjects",
        "topics",
        "glossary",
        "competences",
        "develops",
        "activity_types",
        "teaching_strategies",
        "bloom_level",
        "laws",
        "alignment",
        "related_lessons",
        "licence",
        "version",
        "material_types",
    ]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("big_idea"),
        index.SearchField("objectives"),
        index.SearchField("steps"),
        index.SearchField("subject_words"),
        index.SearchField("worksheets"),
        index.SearchField("materials"),
        index.SearchField("assessment"),
        index.FilterField("stage"),
        index.FilterField("grade_from"),
        index.FilterField("grade_to"),
        index.FilterField("minutes"),
        index.FilterField("material_types"),
        *(
            index.RelatedFields(name, [index.FilterField("slug")])
            for name in ("topics", "subjects", "competences", "activity_types", "teaching_strategies", "licence")
        ),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.LessonLibraryPage", "plans.UnitPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = LESSON_PANELS

    class Meta:
        verbose_name = _("lesson plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True) | Q(grade_to__isnull=True) | Q(grade_to__gte=F("grade_from")),
                name="lesson_grades_in_order",
            )
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.grade_from and self.grade_to and self.grade_to < self.grade_from:
            errors["grade_to"] = _("The last grade is lower than the first.")
        planned = self.minutes_of_steps
        if self.minutes and planned and planned != self.minutes:
            errors["steps"] = _("The steps take %(planned)d minutes, the lesson %(minutes)d. Change one of them.") % {
                "planned": planned,
                "minutes": self.minutes,
            }
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.grade_to = self.grade_to or self.grade_from
        self.material_types = self._found_materials()
        return super().save(*args, **kwargs)

    def _found_materials(self) -> str:
        """What the lesson brings, between separators, so that one type can be looked for."""
        found = {attachment.kind for attachment in self.attachments.all()}
        found |= {MaterialType.WORKSHEET} if self.worksheets else set()
        return "".join(f"{SEPARATOR}{kind}" for kind in MaterialType.values if kind in found) + SEPARATOR * bool(found)

    @property
    def subject_words(self) -> list[str]:
        """What this is, what it is about and for, in the words of its language, for search."""
        with override(self.locale.language_code):
            terms = [*self.topics.all(), *self.subjects.all(), *self.glossary.all(), *self.activity_types.all()]
            return [str(self._meta.verbose_name), str(self.get_stage_display()), *map(str, terms)]

    @property
    def minutes_of_steps(self) -> int:
        return sum(step.value.get("minutes") or 0 for step in self.steps)

    @property
    def grades(self) -> str:
        """The grades in numbers, empty for university."""
        return grade_range(self.grade_from, self.grade_to)

    @property
    def licences(self) -> list[Licence]:
        """The licences of everything in the lesson, its own first."""
        own = [self.licence] if self.licence else []
        return list(dict.fromkeys([*own, *(item.licence for item in self.attachments.all() if item.licence)]))

    @cached_property
    def terms(self) -> Mapping[str, list[Named]]:
        """All that is chosen from the vocabularies, by field."""
        return terms_of(self, TERMS)

    @cached_property
    def developed(self) -> list[Descriptor]:
        """The competences of professions that it develops, each with framework and level."""
        return list(self.develops.all())

    @property
    def neighbours(self) -> Neighbours | None:
        """Where the lesson stands in its programme; none outside of one."""
        return neighbours_of(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self.is_previewing = bool(getattr(request, "is_preview", False))
        context["terms"] = self.terms
        context["attachments"] = self.attachments.select_related("document", "licence")
        context["neighbours"] = self.neighbours
        context["related_lessons"] = related_in_language(self)
        context["structured_data"] = learning_resource(
            self, request.build_absolute_uri(request.path), get_language() or "en"
        )
        return context


class LessonAttachment(Orderable):
    """A file that goes with a lesson: slides, a picture to project, a hand-out made elsewhere."""

    page = ParentalKey(LessonPlanPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )
    kind = models.CharField(_("kind of material"), max_length=20, choices=MaterialType, default=MaterialType.OTHER)
    licence = models.ForeignKey(
        Licence,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("licence"),
        help_text=_("If it is not the lesson’s."),
    )

    panels = [FieldPanel("document"), FieldPanel("kind"), FieldPanel("licence")]

    def __str__(self) -> str:
        return str(self.document)
