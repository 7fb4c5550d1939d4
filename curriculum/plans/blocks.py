"""The parts of a lesson plan as blocks: typed, so that minutes add up and each part finds its place in print."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.pages.blocks import CitationBlock

PHASES = [
    ("opening", pgettext_lazy("phase of a lesson", "Opening")),
    ("exploration", pgettext_lazy("phase of a lesson", "Exploration")),
    ("explanation", pgettext_lazy("phase of a lesson", "Explanation")),
    ("practice", pgettext_lazy("phase of a lesson", "Practice")),
    ("closing", pgettext_lazy("phase of a lesson", "Closing")),
]


class StepValue(blocks.StructValue):
    @property
    def phase_label(self) -> str:
        """The phase in words; empty where none is chosen."""
        return str(dict(PHASES).get(self.get("phase") or "", ""))


class StepBlock(blocks.StructBlock):
    """One step of the procedure (schema.org: HowToStep) with its phase and minutes."""

    phase = blocks.ChoiceBlock(choices=PHASES, label=_("Phase"), required=False)
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    teacher = blocks.TextBlock(label=_("What the teacher does"))
    students = blocks.TextBlock(label=_("What the students do"))
    material = blocks.CharBlock(label=_("Material"), required=False, max_length=200, default="")
    tip = blocks.TextBlock(label=_("Tip"), required=False, default="")

    class Meta:
        icon = "time"
        label = _("Step")
        value_class = StepValue


class ProcedureBlock(blocks.StreamBlock):
    step = StepBlock()

    class Meta:
        min_num = 1


class LineBlock(blocks.StreamBlock):
    """A list of short lines: objectives, materials, preparation."""

    line = blocks.CharBlock(label=_("Line"), max_length=300)


class TaskBlock(blocks.StructBlock):
    """A question or task with room to write."""

    text = blocks.TextBlock(label=_("Question or task"))
    lines = blocks.IntegerBlock(label=_("Lines to write on"), min_value=0, max_value=20, default=2)

    class Meta:
        icon = "edit"
        label = _("Task")


class GridBlock(blocks.StructBlock):
    """A table students read or fill in: the first row is its header, cells are separated by a bar."""

    rows = blocks.ListBlock(
        blocks.CharBlock(help_text=_("Cells separated by | – leave a cell empty for students to fill in.")),
        label=_("Rows"),
        min_num=2,
    )

    class Meta:
        icon = "table"
        label = _("Table")


class WorksheetContentBlock(blocks.StreamBlock):
    text = blocks.TextBlock(label=_("Text"), icon="pilcrow")
    task = TaskBlock()
    grid = GridBlock()


class WorksheetBlock(blocks.StructBlock):
    """A sheet students get in their hands; it is printed on a page of its own."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    content = WorksheetContentBlock(label=_("Content"))

    class Meta:
        icon = "doc-full"
        label = _("Worksheet")


class WorksheetsBlock(blocks.StreamBlock):
    worksheet = WorksheetBlock()


class CitationsBlock(blocks.StreamBlock):
    """The articles of law a lesson stands on."""

    citation = CitationBlock()


class AlignmentBlock(blocks.StructBlock):
    """A curriculum standard the lesson serves (schema.org: AlignmentObject)."""

    framework = blocks.CharBlock(
        label=_("Standard"), max_length=200, help_text=_("The document’s name, in its own language.")
    )
    code = blocks.CharBlock(label=_("Code"), max_length=40, required=False)
    text = blocks.TextBlock(label=_("What it asks for"))
    link = blocks.URLBlock(label=_("Link"), required=False)

    class Meta:
        icon = "link"
        label = _("Curriculum standard")


class AlignmentsBlock(blocks.StreamBlock):
    standard = AlignmentBlock()


class ObjectiveBlock(blocks.StructBlock):
    """A learning objective with the code lessons and tests refer to it by."""

    code = blocks.CharBlock(label=_("Code"), max_length=20, help_text=_("For example: PI-1."))
    text = blocks.CharBlock(label=_("What students can do"), max_length=300)

    class Meta:
        icon = "tick"
        label = _("Learning objective")


class ObjectivesBlock(blocks.StreamBlock):
    objective = ObjectiveBlock()


class ReadingBlock(blocks.StructBlock):
    """One entry of a reading list."""

    authors = blocks.CharBlock(label=_("Authors"), max_length=200)
    title = blocks.CharBlock(label=_("Title"), max_length=250)
    year = blocks.IntegerBlock(label=_("Year"), min_value=1400, max_value=2200, required=False)
    publisher = blocks.CharBlock(label=_("Publisher"), max_length=200, required=False)
    link = blocks.URLBlock(label=_("Link"), required=False)
    is_required = blocks.BooleanBlock(label=_("Required reading"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Reading")


class ReadingListBlock(blocks.StreamBlock):
    reading = ReadingBlock()


class WeightBlock(blocks.StructBlock):
    """A part of the assessment with its share of the mark."""

    part = blocks.CharBlock(label=_("Part"), max_length=160)
    percent = blocks.IntegerBlock(label=_("Percent"), min_value=1, max_value=100)

    class Meta:
        icon = "success"
        label = _("Part of the assessment")


class WeightsBlock(blocks.StreamBlock):
    weight = WeightBlock()


class RelatedLessonsBlock(blocks.StreamBlock):
    """Other lessons that go well with this one, in any language: readers get them in their own."""

    lesson = blocks.PageChooserBlock(page_type="plans.LessonPlanPage", label=_("Lesson"))

    class Meta:
        max_num = 6
