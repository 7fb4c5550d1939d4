from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from cms.directory.models import Organisation


class Role(models.TextChoices):
    """What an organisation does in a campaign, in the order in which they are named."""

    LEAD = "lead", _("Lead body")
    CO_LEAD = "co-lead", _("Co-lead")
    MEDIA = "media", _("Media partner")
    ASSOCIATION = "association", _("Association")
    SCHOOL = "school", _("School")
    SUPPORTER = "supporter", _("Supporter")


class Partner(Orderable):
    """An organisation's part in something; translations of the page share it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.SUPPORTER)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Leave empty to use the organisation’s own."),
    )

    panels = [FieldPanel("organisation"), FieldPanel("role"), FieldPanel("logo")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.organisation} ({Role(self.role).label})"

    @property
    def shown_logo(self) -> Any:
        """The logo for this occasion, else the organisation's own, else none."""
        return self.logo or self.organisation.logo


def in_order(partners: Any) -> list[Any]:
    """The lead body first, then by role, as the editor has them within a role. One query for all that is shown."""
    roles = list(Role.values)
    return sorted(partners.select_related("organisation__logo", "logo"), key=lambda partner: roles.index(partner.role))
