"""A roster that somebody uploaded: what it would change, what it has changed, and how that is taken back."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.directory.models import Organisation
from cms.jobs.models import Job

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def rosters() -> Storage:
    return storages["rosters"]


def roster_name(roster: "Roster", name: str) -> str:
    return f"{roster.pk}/{name}"


class RosterQuerySet(models.QuerySet["Roster"]):
    def managed_by(self, user: "AbstractBaseUser | AnonymousUser") -> "RosterQuerySet":
        """Those of the organisations whose rosters the user may write, and no others."""
        return self.filter(organisation__in=Organisation.objects.managed_by(user))


class Roster(Job):
    """One file. The job is what is being done to it now; ``stage`` says how far it has come."""

    class Stage(models.TextChoices):
        CHECKED = "checked", _("checked")
        APPLIED = "applied", _("applied")
        UNDONE = "undone", _("undone")

    class Work(models.TextChoices):
        CHECK = "check", _("being checked")
        APPLY = "apply", _("being applied")
        UNDO = "undo", _("being taken back")

    broke = _("Something went wrong. Nothing is lost: begin again, and it goes on where it was.")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="rosters",
        verbose_name=_("organisation"),
        help_text=_("The roster’s units are this organisation and those below it."),
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(_("file"), storage=rosters, upload_to=roster_name)
    file_name = models.CharField(max_length=200)
    is_whole = models.BooleanField(
        _("this is the whole roster"),
        default=False,
        help_text=_("People who are learners here now and are not in the file leave today."),
    )
    work = models.CharField(max_length=10, choices=Work, default=Work.CHECK)
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    counts = models.JSONField(default=dict, help_text="Rows by kind: new, changed, unchanged, leaving, error.")
    kept = models.JSONField(default=dict, help_text="What undoing left as it was, and why.")
    applied_at = models.DateTimeField(null=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")

    def __str__(self) -> str:
        return self.file_name

    @property
    def can_be_applied(self) -> bool:
        return self.stage == self.Stage.CHECKED and not self.is_going_on and bool(self.file)

    @property
    def can_be_undone(self) -> bool:
        return self.stage == self.Stage.APPLIED and not self.is_going_on and bool(self.file)

    @property
    def changes(self) -> int:
        return sum(self.counts.get(kind, 0) for kind in ("new", "changed", "leaving"))


class RosterChunk(models.Model):
    """What was done for some rows, in the transaction in which it was done: JSON, enough to take it back."""

    roster = models.ForeignKey(Roster, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField(default=0)
    changes = models.JSONField()
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="roster_chunk_once")]

    def __str__(self) -> str:
        return f"{self.roster_id} {self.number}"
