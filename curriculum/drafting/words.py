"""The words of the template in every language, and what they stand for."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from curriculum.plans.blocks import PHASES
from curriculum.plans.models import BloomLevel, Stage

# Headings of the template, each the field of a lesson plan it fills.
HEADINGS: dict[str, Callable[[], str]] = {
    "big_idea": lambda: gettext("Big idea"),
    "essential_questions": lambda: gettext("Essential questions"),
    "objectives": lambda: gettext("Learning objectives"),
    "prior_knowledge": lambda: gettext("Prior knowledge"),
    "preparation": lambda: gettext("Preparation"),
    "materials": lambda: gettext("Materials"),
    "steps": lambda: gettext("Steps"),
    "differentiation": lambda: gettext("Learners’ needs"),
    "assessment": lambda: gettext("Assessment"),
    "home_task": lambda: gettext("Home task"),
    "answer_key": lambda: gettext("Answers and notes for the teacher"),
    "worksheet": lambda: gettext("Worksheet"),
}
LINES = ("essential_questions", "objectives", "preparation", "materials")
TEXTS = ("big_idea", "prior_knowledge", "differentiation", "assessment", "home_task", "answer_key")
FACTS: dict[str, Callable[[], str]] = {
    "stage": lambda: gettext("Stage"),
    "grades": lambda: gettext("Grades"),
    "minutes": lambda: gettext("Minutes"),
    "subjects": lambda: gettext("Subjects"),
    "topics": lambda: gettext("Topics"),
    "activity_types": lambda: gettext("Kind of activity"),
    "teaching_strategies": lambda: gettext("Teaching strategy"),
    "bloom_level": lambda: gettext("Level of Bloom’s taxonomy"),
    "licence": lambda: gettext("Licence"),
}
COLUMNS: dict[str, Callable[[], str]] = {
    "title": lambda: gettext("Step"),
    "phase": lambda: gettext("Phase"),
    "minutes": lambda: gettext("Minutes"),
    "teacher": lambda: gettext("Teacher"),
    "students": lambda: gettext("Students"),
    "material": lambda: gettext("Material"),
    "tip": lambda: gettext("Tip"),
}


def plain(text: str) -> str:
    """A word as it is compared: without case, colon and doubled spaces."""
    return " ".join(text.casefold().strip(" :：").split())


@cache
def meanings(kind: str) -> dict[str, str]:
    """What each word means, in whichever language it is written. ``kind``: headings, facts or columns."""
    words = {"headings": HEADINGS, "facts": FACTS, "columns": COLUMNS}[kind]
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.update({plain(label()): name for name, label in words.items()})
    return found


@cache
def values(kind: str) -> dict[str, str]:
    """The values of a choice by what they are called in any language. ``kind``: stage, bloom_level or phase."""
    choices: Iterable[tuple[str, Any]] = {
        "stage": Stage.choices,
        "bloom_level": BloomLevel.choices,
        "phase": PHASES,
    }[kind]
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.update({plain(str(label)): value for value, label in choices})
    return found
