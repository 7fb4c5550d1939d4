"""Who takes part: organisations as a tree, and the people who belong to them."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet
from wagtail.search import index

from cms.vocabulary.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class OrganisationQuerySet(MP_NodeQuerySet):
    def visible_to(self, user: "AbstractBaseUser | AnonymousUser") -> "OrganisationQuerySet":
        """The organisations whose people ``user`` may see: the subtrees they coordinate, and no others."""
        coordinated = (
            Membership.objects.filter(user_id=user.pk or 0, role=Membership.Role.COORDINATOR)
            .annotate(node_path=ExpressionWrapper(OuterRef("path"), output_field=CharField()))
            .filter(node_path__startswith=F("organisation__path"))
        )
        return self.filter(Exists(coordinated)) if user.is_authenticated else self.none()


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
        MEDIA = "media", _("Media")

    slug = models.SlugField(_("slug"), unique=True)
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
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")

    objects = OrganisationManager()
    node_order_by: list[str] = []

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name or self.slug


class Membership(models.Model):
    """A person's place in an organisation and what they may do there."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        COORDINATOR = "coordinator", _("Training coordinator")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.LEARNER)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once_per_role")
        ]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"
