"""What a person may do in an organisation and all that is below it, and when a membership holds."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    COORDINATOR = "coordinator", _("Training coordinator")
    REPORTER = "reporter", _("Reporter")
    ADMINISTRATOR = "administrator", _("Administrator")


ADMINISTERING = (Role.ADMINISTRATOR,)
MANAGING = (*ADMINISTERING, Role.COORDINATOR)
SEEING = (*MANAGING, Role.REPORTER)


def today() -> date:
    return timezone.localdate()


def holds(on: date | None = None, through: str = "") -> Q:
    """Memberships that hold on a day (today, if none is named), asked directly or ``through`` a relation. First and
    last day belong to it."""
    day = on or today()
    lasts = Q(**{f"{through}ends_on__isnull": True}) | Q(**{f"{through}ends_on__gte": day})
    return lasts & Q(**{f"{through}starts_on__lte": day})
