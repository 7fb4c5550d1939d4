"""The lesson plan's form, in the order in which a lesson is thought out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page

from curriculum.plans.checks_panel import ChecksPanel

LESSON_PANELS = [
    HelpPanel(_("One lesson a teacher can hold tomorrow. Say what students will be able to do, then how.")),
    ChecksPanel(),
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
    MultiFieldPanel([FieldPanel("big_idea"), FieldPanel("essential_questions")], heading=_("Why this matters")),
    FieldPanel("objectives"),
    MultiFieldPanel(
        [
            FieldPanel("competences"),
            FieldPanel("develops"),
            FieldPanel("activity_types"),
            FieldPanel("teaching_strategies"),
            FieldPanel("bloom_level"),
            FieldPanel("alignment"),
        ],
        heading=_("How it is taught"),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldPanel("prior_knowledge"), FieldPanel("preparation"), FieldPanel("materials")],
        heading=_("Before the lesson"),
    ),
    FieldPanel("steps"),
    FieldPanel("differentiation"),
    FieldPanel("assessment"),
    FieldPanel("home_task"),
    FieldPanel("answer_key"),
    FieldPanel("worksheets"),
    FieldPanel("glossary"),
    FieldPanel("laws"),
    FieldPanel("related_lessons"),
    InlinePanel("attachments", heading=_("Attachments"), label=_("Attachment")),
    FieldPanel("licence"),
    MultiFieldPanel([FieldPanel("version"), FieldPanel("change_note")], heading=_("Version")),
]
