"""Counts wait until the answer is sent, so that no reader waits for them."""

import logging
from typing import Any
from uuid import UUID

from asgiref.local import Local
from django.core.signals import request_finished, request_started
from django.db import DatabaseError

from cms.statistics.models import Act
from cms.statistics.sums import add

_local = Local()
logger = logging.getLogger(__name__)


def note(subject: UUID, act: Act, language: str) -> None:
    waiting = getattr(_local, "waiting", [])
    _local.waiting = [*waiting, (subject, act, language)]


def write(**kwargs: Any) -> None:
    """Stores what waits. A count that cannot be stored is lost and said in the log: it breaks nothing else."""
    waiting, _local.waiting = getattr(_local, "waiting", []), []
    for subject, act, language in waiting:
        try:
            add(subject, act, language)
        except DatabaseError:
            logger.warning("A count of %s was lost.", subject, exc_info=True)


def forget(**kwargs: Any) -> None:
    _local.waiting = []


def connect() -> None:
    request_started.connect(forget, dispatch_uid="statistics.forget")
    request_finished.connect(write, dispatch_uid="statistics.write")
