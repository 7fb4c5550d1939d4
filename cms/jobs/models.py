"""Long work with its state shown to whoever asked for it: what is made, how far it is, and why it failed."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PATIENCE = timedelta(minutes=15)  # a job that did not move for so long is begun anew
J = TypeVar("J", bound="Job")


class Job(models.Model):
    """One piece of work that a task does; ``done`` of ``total`` steps are behind it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    # What whoever asked reads when the work breaks down for a reason that nobody expected.
    broke = _("Something went wrong while the file was made. Please try again.")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=1)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_going_on(self) -> bool:
        return self.state in {self.State.WAITING, self.State.WORKING}

    @property
    def is_stuck(self) -> bool:
        """Whether it goes on by name only: nobody has moved it for a while."""
        return self.is_going_on and self.changed_at <= timezone.now() - PATIENCE

    def begin(self) -> None:
        self._change(state=self.State.WORKING, done=0)

    def step(self) -> None:
        """One more step is done. Anyone who looks sees it at once."""
        self._change(done=F("done") + 1)

    def fail(self, reason: str) -> None:
        """``reason`` is a sentence for whoever asked for the work."""
        self._change(state=self.State.FAILED, error=reason)

    def finish(self, **values: Any) -> None:
        self._change(state=self.State.READY, done=F("total"), **values)

    def _change(self, **values: Any) -> None:
        type(self)._default_manager.filter(pk=self.pk).update(changed_at=timezone.now(), **values)


class FileJob(Job):
    """Work that makes a file. Where it is kept, each kind of work says itself, in a field ``file``."""

    file: Any
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def is_usable(self) -> bool:
        """Whether the file is there, or somebody is at work on it."""
        if self.state == self.State.READY:
            return bool(self.file and self.file.storage.exists(str(self.file.name)))
        return self.is_going_on and not self.is_stuck


def carry_out(job: J, work: Callable[[J], None], *expected: type[Exception]) -> J:
    """Does the work of a job. An ``expected`` error is its own sentence; any other is raised after it was noted."""
    job.begin()
    try:
        work(job)
    except expected as error:
        job.fail(str(error))
    except Exception:
        job.fail(str(job.broke))
        raise
    job.refresh_from_db()
    return job
