"""Stages, programmes, units and lesson plans, and the vocabulary teachers find them by."""

from curriculum.plans.models.lessons import LessonAttachment, LessonPlanPage
from curriculum.plans.models.programmes import ProgrammePage, StagePage, UnitPage
from curriculum.plans.models.vocabulary import (
    ActivityType,
    BloomLevel,
    Competence,
    MaterialType,
    Stage,
    Subject,
    TeachingStrategy,
)

__all__ = [
    "ActivityType",
    "BloomLevel",
    "Competence",
    "LessonAttachment",
    "LessonPlanPage",
    "MaterialType",
    "ProgrammePage",
    "Stage",
    "StagePage",
    "Subject",
    "TeachingStrategy",
    "UnitPage",
]
