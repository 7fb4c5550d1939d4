"""The integrity record: commendations and penalties with their source, and objections to them."""

import uuid
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.intermediaries.models.register import RegisterEntry


def register_files() -> Storage:
    return storages["register"]


def document_name(record: "IntegrityRecord", name: str) -> str:
    return f"{uuid.uuid4()}{PurePath(name).suffix.lower()}"


class RecordQuerySet(models.QuerySet["IntegrityRecord"]):
    def public(self, today: date | None = None) -> "RecordQuerySet":
        """What stands, and not longer than it may stand in public."""
        day = today or timezone.localdate()
        return self.filter(withdrawn_at__isnull=True).filter(Q(public_until__isnull=True) | Q(public_until__gte=day))


class IntegrityRecord(models.Model):
    """A decision of an authority or association about an agent or agency, with the document that says so.

    Its words never change. One that an objection showed to be wrong is withdrawn: it stays, and nobody is shown it.
    """

    class Kind(models.TextChoices):
        COMMENDATION = "commendation", _("Commendation")
        PENALTY = "penalty", _("Penalty")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("what was decided"), max_length=200)
    authority = models.CharField(_("decided by"), max_length=200)
    decided_on = models.DateField(_("day of the decision"))
    document = models.FileField(_("source document"), storage=register_files, upload_to=document_name)
    public_until = models.DateField(
        _("public until"), null=True, blank=True, help_text=_("After this day nobody is shown it. Empty: it stays.")
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "pk"]
        verbose_name = _("integrity record")
        verbose_name_plural = _("integrity records")

    def __str__(self) -> str:
        return self.title

    @property
    def is_disputed(self) -> bool:
        return any(objection.state == Objection.State.OPEN for objection in self.objections.all())


class Objection(models.Model):
    """The holder says why a record is wrong; somebody who did not enter it decides."""

    class State(models.TextChoices):
        OPEN = "open", _("is being examined")
        UPHELD = "upheld", _("upheld: the record is withdrawn")
        REJECTED = "rejected", _("rejected: the record stands")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(IntegrityRecord, on_delete=models.PROTECT, related_name="objections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="objections")
    text = models.TextField(_("why it is wrong"), max_length=3000)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(state="open"), name="one_open_objection_a_record")
        ]
        verbose_name = _("objection")
        verbose_name_plural = _("objections")

    def __str__(self) -> str:
        return f"{self.record} {self.get_state_display()}"
