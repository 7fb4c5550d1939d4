"""Programmes (schema.org: Course): units of lessons over weeks, for one stage of education."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.languages.switcher import readable
from cms.pages.blocks import StoryBlock
from cms.pages.models import ContentPage
from cms.vocabulary.models import Licence, StrategyMeasure
from curriculum.plans import jsonld
from curriculum.plans.blocks import LineBlock, ObjectivesBlock, ReadingListBlock, WeightsBlock
from curriculum.plans.maps import programme_map
from curriculum.plans.models.vocabulary import Competence, Stage, Subject, grade_range
from curriculum.plans.sequence import circle, in_language, lessons_of
from curriculum.plans.terms import Named, terms_of


class StagePage(ContentPage):
    """A stage of education: its programmes, and a way to all its lessons."""

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)

    shared_fields = ["stage"]
    search_fields = [*ContentPage.search_fields, index.FilterField("stage")]
    parent_page_types: ClassVar[list[str]] = ["library.LessonLibraryPage"]
    subpage_types: ClassVar[list[str]] = ["plans.ProgrammePage"]
    content_panels = [
        HelpPanel(_("One of the three stages. Add a programme as a child page.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("stage"),
    ]

    class Meta:
        verbose_name = _("stage of education")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        programmes = list(readable(ProgrammePage.objects.child_of(self)).order_by("path"))
        url = request.build_absolute_uri(request.path)
        context["programmes"] = programmes
        context["structured_data"] = jsonld.collection(self, url, programmes, get_language() or "en")
        context["lesson_count"] = lessons_of(self).count()
        return context


class ProgrammeForm(WagtailAdminPageForm):
    """Refuses a programme that would have to be finished before it can begin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "prerequisites" in self.fields and self.instance.locale_id:
            same_language = ProgrammePage.objects.filter(locale_id=self.instance.locale_id)
            self.fields["prerequisites"].queryset = same_language.exclude(pk=self.instance.pk).order_by("title")

    def clean(self) -> Any:
        cleaned = super().clean()
        required = list(cleaned.get("prerequisites") or [])
        if required and (way := circle(self.instance, required)):
            self.add_error("prerequisites", circular(way))
        return cleaned


def circular(way: list[str]) -> ValidationError:
    return ValidationError(
        _("These prerequisites go round in a circle: %(way)s. Take one of them away."), params={"way": " → ".join(way)}
    )


class ProgrammePage(ContentPage):
    """What a class learns over weeks, such as “Ideas and inventors, grades 3–4” or a university module."""

    grade_from = models.PositiveSmallIntegerField(_("from grade"), null=True, blank=True)
    grade_to = models.PositiveSmallIntegerField(_("to grade"), null=True, blank=True)
    subjects = ParentalManyToManyField(Subject, blank=True, related_name="+", verbose_name=_("subjects"))
    competences = ParentalManyToManyField(Competence, blank=True, related_name="+", verbose_name=_("competences"))
    objectives = StreamField(ObjectivesBlock(), blank=True, verbose_name=_("learning objectives"))
    about = StreamField(StoryBlock(), blank=True, verbose_name=_("about the programme"))
    prerequisites = ParentalManyToManyField(
        "plans.ProgrammePage", blank=True, related_name="+", symmetrical=False, verbose_name=_("prerequisites")
    )
    credits = models.DecimalField(
        _("credits"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(60)],
        help_text=_("For university programmes."),
    )
    syllabus = models.TextField(
        _("syllabus"), blank=True, help_text=_("For university programmes: the content in short.")
    )
    reading_list = StreamField(ReadingListBlock(), blank=True, verbose_name=_("reading list"))
    assessment_weights = StreamField(WeightsBlock(), blank=True, verbose_name=_("assessment"))
    measures = ParentalManyToManyField(
        StrategyMeasure, blank=True, related_name="+", verbose_name=_("strategy measures")
    )
    licence = models.ForeignKey(
        Licence, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("licence")
    )

    base_form_class = ProgrammeForm
    translated_fields = ["objectives", "about", "syllabus", "assessment_weights"]
    shared_fields = [
        "grade_from",
        "grade_to",
        "subjects",
        "competences",
        "prerequisites",
        "credits",
        "reading_list",
        "measures",
        "licence",
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("objectives"), index.SearchField("syllabus")]
    parent_page_types: ClassVar[list[str]] = ["plans.StagePage"]
    subpage_types: ClassVar[list[str]] = ["plans.UnitPage"]
    content_panels = [
        HelpPanel(_("What one class learns over some weeks. Add units below it, and lesson plans below those.")),
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("grade_from"), FieldPanel("grade_to")]), FieldPanel("subjects")],
            heading=_("At a glance"),
        ),
        FieldPanel("about"),
        FieldPanel("objectives"),
        FieldPanel("competences"),
        FieldPanel("prerequisites"),
        MultiFieldPanel(
            [
                FieldPanel("credits"),
                FieldPanel("syllabus"),
                FieldPanel("reading_list"),
                FieldPanel("assessment_weights"),
            ],
            heading=_("At university"),
        ),
        FieldPanel("measures"),
        FieldPanel("licence"),
    ]

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.CheckConstraint(
                condition=Q(grade_from__isnull=True) | Q(grade_to__isnull=True) | Q(grade_to__gte=F("grade_from")),
                name="programme_grades_in_order",
            )
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.grade_from and self.grade_to and self.grade_to < self.grade_from:
            errors["grade_to"] = _("The last grade is lower than the first.")
        total = sum(block.value.get("percent") or 0 for block in self.assessment_weights)
        if self.assessment_weights and total != 100:
            errors["assessment_weights"] = _("The parts add up to %(total)d percent, not to 100.") % {"total": total}
        if way := circle(self, list(self.prerequisites.all())):
            errors["prerequisites"] = circular(way)
        if errors:
            raise ValidationError(errors)

    @cached_property
    def stage_page(self) -> "StagePage | None":
        """The stage the programme belongs to."""
        return StagePage.objects.ancestor_of(self).first() if self.path else None

    @cached_property
    def terms(self) -> Mapping[str, list[Named]]:
        """All that is chosen from the vocabularies, by field."""
        return terms_of(self, ("subjects", "competences"))

    @property
    def grades(self) -> str:
        """The grades in numbers, empty for university."""
        return grade_range(self.grade_from, self.grade_to)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        self.is_previewing = bool(getattr(request, "is_preview", False))
        plan = programme_map(self)
        url = request.build_absolute_uri(request.path)
        required = in_language(self.prerequisites.all(), self)
        context |= {
            "map": plan,
            "required_programmes": required,
            "structured_data": jsonld.course(self, url, plan.lessons, plan.hours, required, get_language() or "en"),
        }
        return context


class UnitPage(ContentPage):
    """A part of a programme: a few lessons on one question, in a number of weeks."""

    weeks = models.PositiveSmallIntegerField(
        _("weeks"), default=1, validators=[MinValueValidator(1), MaxValueValidator(52)]
    )
    question = models.CharField(
        _("guiding question"), max_length=200, blank=True, help_text=_("The question the unit answers.")
    )
    objectives = StreamField(LineBlock(), blank=True, verbose_name=_("learning objectives"))

    translated_fields = ["question", "objectives"]
    shared_fields = ["weeks"]
    search_fields = [*ContentPage.search_fields, index.SearchField("question"), index.SearchField("objectives")]
    parent_page_types: ClassVar[list[str]] = ["plans.ProgrammePage"]
    subpage_types: ClassVar[list[str]] = ["plans.LessonPlanPage"]
    content_panels = [
        HelpPanel(_("A few lessons that belong together. Their order here is the order in which they are taught.")),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("question"),
        FieldPanel("weeks"),
        FieldPanel("objectives"),
    ]

    class Meta:
        verbose_name = _("unit")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        lessons = list(lessons_of(self))
        url = request.build_absolute_uri(request.path)
        context |= {"lessons": lessons, "structured_data": jsonld.unit(self, url, lessons, get_language() or "en")}
        return context
