"""The parts of a lesson plan as blocks: typed, so that minutes add up and each part finds its place in print."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.pages.blocks import CitationBlock


class StepBlock(blocks.StructBlock):
    """One step of the procedure (schema.org: HowToStep) with its minutes."""

    title = blocks.CharBlock(label=_("Step"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=240)
    teacher = blocks.TextBlock(label=_("What the teacher does"))
    students = blocks.TextBlock(label=_("What the students do"))

    class Meta:
        icon = "time"
        label = _("Step")


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
