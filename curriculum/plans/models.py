"""Lesson plans (schema.org: LearningResource) and the subjects they fit."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.pages.models import ContentPage
from cms.vocabulary.models import GlossaryTerm, Licence, Term, Topic
from curriculum.plans.blocks import CitationsBlock, LineBlock, ProcedureBlock, WorksheetsBlock


class Stage(models.TextChoices):
    """The stage of education (UNESCO ISCED 2011: levels 1, 2–3 and 6–8)."""

    PRIMARY = "primary", _("Primary school")
    SECONDARY = "secondary", _("Secondary school")
    UNIVERSITY = "university", _("University")


class Subject(Term):
    """A school subject or field of study a lesson fits."""

    class Meta(Term.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class LessonPlanPage(ContentPage):
    """A lesson as a teacher takes it into class."""

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    grade_from = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), help_text=_("The steps must add up to this."))
    subjects = ParentalManyToManyField(Subject, blank=True, related_name="+", verbose_name=_("subjects"))
    topics = ParentalManyToManyField(Topic, blank=True, related_name="+", verbose_name=_("topics"))
    glossary = ParentalManyToManyField(GlossaryTerm, blank=True, related_name="+", verbose_name=_("terms of art"))
    objectives = StreamField(LineBlock(), verbose_name=_("learning objectives"))
    preparation = StreamField(LineBlock(), blank=True, verbose_name=_("preparation"))
    materials = StreamField(LineBlock(), blank=True, verbose_name=_("materials"))
    steps = StreamField(ProcedureBlock(), verbose_name=_("steps"))
    assessment = models.TextField(_("assessment"), help_text=_("How you see that the objectives are reached."))
    answer_key = models.TextField(_("answers and notes for the teacher"), blank=True)
    worksheets = StreamField(WorksheetsBlock(), blank=True, verbose_name=_("worksheets"))
    laws = StreamField(CitationsBlock(), blank=True, verbose_name=_("laws cited"))
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )

    translated_fields = ["objectives", "preparation", "materials", "steps", "assessment", "answer_key", "worksheets"]
    shared_fields = ["stage", "grade_from", "grade_to", "minutes", "subjects", "topics", "glossary", "laws", "licence"]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("steps"),
        index.SearchField("subject_words"),
        index.SearchField("worksheets"),
        index.SearchField("materials"),
        index.SearchField("assessment"),
        index.FilterField("stage"),
        index.FilterField("minutes"),
        index.RelatedFields("topics", [index.FilterField("slug")]),
    ]
    parent_page_types: ClassVar[list[str]] = ["library.LessonLibraryPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels = [
        HelpPanel(_("One lesson a teacher can hold tomorrow. Say what students will be able to do, then how.")),
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("stage"),
                FieldRowPanel([FieldPanel("grade_from"), FieldPanel("grade_to"), FieldPanel("minutes")]),
                FieldPanel("subjects"),
                FieldPanel("topics"),
            ],
            heading=_("At a glance"),
        ),
        FieldPanel("objectives"),
        MultiFieldPanel([FieldPanel("preparation"), FieldPanel("materials")], heading=_("Before the lesson")),
        FieldPanel("steps"),
        FieldPanel("assessment"),
        FieldPanel("answer_key"),
        FieldPanel("worksheets"),
        FieldPanel("glossary"),
        FieldPanel("laws"),
        InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
        FieldPanel("licence"),
    ]

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

    @property
    def subject_words(self) -> list[str]:
        """What this is, what it is about and for, in the words of its language, for search."""
        with override(self.locale.language_code):
            terms = [*self.topics.all(), *self.subjects.all(), *self.glossary.all()]
            return [str(self._meta.verbose_name), str(self.get_stage_display()), *map(str, terms)]

    @property
    def minutes_of_steps(self) -> int:
        return sum(step.value.get("minutes") or 0 for step in self.steps)

    @property
    def grades(self) -> str:
        """The grades as a range of numbers, empty for university: '3–4' or '5'."""
        ends = [str(grade) for grade in (self.grade_from, self.grade_to) if grade]
        return "–".join(dict.fromkeys(ends))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["attachments"] = self.attachments.select_related("document")
        return context


class LessonAttachment(Orderable):
    """A file that goes with a lesson: slides, a picture to project, a hand-out made elsewhere."""

    page = ParentalKey(LessonPlanPage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", on_delete=models.CASCADE, related_name="+", verbose_name=_("file")
    )

    panels = [FieldPanel("document")]

    def __str__(self) -> str:
        return str(self.document)
