"""Intermediaries: how one qualifies, who is on the register, and how they keep their place there."""

from courses.intermediaries.models.candidates import Application, PaperResult, Practice
from courses.intermediaries.models.integrity import IntegrityRecord, Objection
from courses.intermediaries.models.register import (
    RegisterEntry,
    RegisterQuerySet,
    Renewal,
    Standing,
    StatusChange,
)
from courses.intermediaries.models.tracks import Paper, QualificationTrack

__all__ = [
    "Application",
    "IntegrityRecord",
    "Objection",
    "Paper",
    "PaperResult",
    "Practice",
    "QualificationTrack",
    "RegisterEntry",
    "RegisterQuerySet",
    "Renewal",
    "Standing",
    "StatusChange",
]
