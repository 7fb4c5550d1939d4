"""What campaigns store about people."""

from uuid import uuid4

from cms.personal_data import BLANK, KEEP, Kind


def nobody() -> str:
    """An address that is nobody’s, and stands once."""
    return f"{uuid4().hex[:12]}@erased.invalid"


KINDS = (
    Kind("events.Attendance", ("registration__user", "registration__email"), on_erasure=KEEP),
    Kind(
        "events.Registration",
        ("user", "email"),
        on_erasure=BLANK,
        blank={"name": "", "email": nobody, "organisation": ""},
        hidden=("form_key",),
    ),
    Kind(
        "participation.Comment",
        ("email",),
        on_erasure=BLANK,
        blank={"name": "", "email": nobody, "organisation": ""},
        hidden=("form_key",),
    ),
    Kind(
        "participation.Entry",
        ("email", "guardian_email"),
        on_erasure=BLANK,
        blank={"creator": "", "email": nobody, "guardian_name": "", "guardian_email": ""},
        hidden=("form_key",),
    ),
    Kind("participation.JuryScore", ("juror",), on_erasure=KEEP),
    Kind("newsroom.AccreditedJournalist", ("email",), hidden=("key",)),
    Kind("newsroom.PressContact", ("email",), on_erasure=KEEP),
    Kind("coordination.Progress", ("by",), on_erasure=KEEP),
    Kind("coordination.Evidence", ("added_by",), on_erasure=KEEP),
)
