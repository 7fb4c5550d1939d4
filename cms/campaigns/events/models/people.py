import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Letters and digits that nobody mistakes for one another; ten of them are 49 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


class Desk(models.Model):
    """Where the places of one event are given out: one at a time, whoever asks."""

    event_key = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return str(self.event_key)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.CONFIRMED)

    def waiting(self) -> "RegistrationQuerySet":
        """Those in line, the first to come first."""
        return self.filter(state=Registration.State.WAITING).order_by("created_at", "pk")


class Registration(models.Model):
    """A person's place at an event, or in the line for one. A seat has one holder: the database sees to it."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("has a place")
        WAITING = "waiting", _("waits for a place")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_key = models.UUIDField(db_index=True)
    form_key = models.UUIDField(unique=True, editable=False, help_text="Sent twice, stored once.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="event_registrations"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("email address"))
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State)
    seat = models.PositiveIntegerField(_("seat"), null=True, blank=True)
    code = models.CharField(_("ticket"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event_key", "seat"], name="one_holder_a_seat"),
            models.UniqueConstraint(
                fields=["event_key", "email"], condition=~Q(state="cancelled"), name="one_registration_an_address"
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", seat__isnull=False) | Q(~Q(state="confirmed"), seat__isnull=True),
                name="seat_means_confirmed",
            ),
        ]
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")

    def __str__(self) -> str:
        return f"{self.name} ({self.get_state_display()})"

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED


class Attendance(models.Model):
    """Somebody was at a session. Only ever added; ``id`` is what training hours can refer to later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event_key = models.UUIDField(db_index=True)
    session_key = models.UUIDField()
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    scan_id = models.UUIDField(unique=True, help_text="Made by the phone: sent again, stored once.")
    scanned_at = models.DateTimeField(help_text="By the phone's clock.")
    received_at = models.DateTimeField(default=timezone.now)
    checked_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["scanned_at"]
        constraints = [models.UniqueConstraint(fields=["registration", "session_key"], name="one_attendance_a_session")]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return f"{self.registration_id} {self.scanned_at:%Y-%m-%d %H:%M}"
