"""Organisations as a tree, and whose people somebody may see."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.search import index

from cms.directory.roles import ADMINISTERING, MANAGING, SEEING, Role, holds
from cms.directory.zones import validate_time_zone
from cms.vocabulary.models import Region

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.base_user import AbstractBaseUser

    Person = AbstractBaseUser | AnonymousUser


class OrganisationQuerySet(MP_NodeQuerySet):
    def visible_to(self, user: "Person") -> "OrganisationQuerySet":
        """The organisations whose people ``user`` may see: the subtrees in which they coordinate, report or
        administer today, and no others. Every view, export and API that shows people asks this."""
        return self._in_subtrees(user, SEEING)

    def managed_by(self, user: "Person") -> "OrganisationQuerySet":
        """Those whose rosters, exceptions and reminders ``user`` may write."""
        return self._in_subtrees(user, MANAGING)

    def administered_by(self, user: "Person") -> "OrganisationQuerySet":
        """Those in which ``user`` gives roles and makes units."""
        return self._in_subtrees(user, ADMINISTERING)

    def _in_subtrees(self, user: "Person", roles: "Collection[Role]") -> "OrganisationQuerySet":
        if not user.is_authenticated:
            return self.none()
        tops = (
            self.model.objects.filter(
                holds(through="memberships__"), memberships__user_id=user.pk, memberships__role__in=roles
            )
            .order_by()
            .annotate(node_path=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
            .filter(node_path__startswith=F("path"))
        )
        return self.filter(Exists(tops))


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> OrganisationQuerySet:
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(index.Indexed, MP_Node):
    """A body that leads, supports or learns: ministry → department → office; group → company → site."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Public agency")
        ENTERPRISE = "enterprise", _("Enterprise")
        SCHOOL = "school", _("School")
        UNIVERSITY = "university", _("University")
        ASSOCIATION = "association", _("Association")
        INTERMEDIARY = "intermediary", _("IP service intermediary")
        MEDIA = "media", _("Media")

    slug = models.SlugField(_("slug"), unique=True, help_text=_("Rosters name the unit by it, e.g. trade-department."))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region"))
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("PNG with a transparent ground is best. It stands on campaign pages and posters."),
    )
    seal = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("seal"),
        help_text=_("PNG with a transparent ground. It stands on the certificates of this body and those below it."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="UTC",
        validators=[validate_time_zone],
        help_text=_("Deadlines end at midnight here. A name like Asia/Shanghai."),
    )

    objects = OrganisationManager()
    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name or self.slug

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
