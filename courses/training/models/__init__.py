"""What people owe, and what they were told of it."""

from courses.training.models.notices import Notice, NoticeQuerySet, Upkeep
from courses.training.models.obligations import COUNTED, OPEN, Obligation, ObligationQuerySet, Status, status_at

__all__ = [
    "COUNTED",
    "OPEN",
    "Notice",
    "NoticeQuerySet",
    "Obligation",
    "ObligationQuerySet",
    "Status",
    "Upkeep",
    "status_at",
]
