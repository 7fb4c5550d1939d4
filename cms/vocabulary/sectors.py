"""Branches of the economy."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """Sections of the United Nations' classification of economic activities (ISIC, revision 4)."""

    ALL = "all", _("All sectors")
    A = "A", _("Agriculture, forestry and fishing")
    B = "B", _("Mining and quarrying")
    C = "C", _("Manufacturing")
    D = "D", _("Electricity, gas, steam and air conditioning supply")
    F = "F", _("Construction")
    G = "G", _("Wholesale and retail trade")
    H = "H", _("Transportation and storage")
    J = "J", _("Information and communication")
    K = "K", _("Financial and insurance activities")
    M = "M", _("Professional, scientific and technical activities")
    P = "P", _("Education")
    Q = "Q", _("Human health and social work activities")
    R = "R", _("Arts, entertainment and recreation")
