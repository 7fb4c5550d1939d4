"""What a person may do in an organisation and all that is below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    COORDINATOR = "coordinator", _("Training coordinator")
    REPORTER = "reporter", _("Reporter")
    ADMINISTRATOR = "administrator", _("Administrator")


ADMINISTERING = (Role.ADMINISTRATOR,)
MANAGING = (*ADMINISTERING, Role.COORDINATOR)
SEEING = (*MANAGING, Role.REPORTER)
