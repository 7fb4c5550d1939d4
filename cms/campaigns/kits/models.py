"""Posters and cards that were drawn, the archives that hold them, and the logos partners brought."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.jobs.models import FileJob


def kit_storage() -> Any:
    """Not among the media: a kit is public only while its campaign is."""
    return storages["kits"]


class PartnerLogo(models.Model):
    """A logo that somebody outside uploaded for a kit of their own. It is our drawing of it, never their file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the organisation"), max_length=120)
    image = models.FileField(storage=kit_storage, max_length=200)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("partner’s logo")
        verbose_name_plural = _("partners’ logos")

    def __str__(self) -> str:
        return self.name


class KitFile(models.Model):
    """One drawn file. The digest is that of all that went into it: what did not change is not drawn again."""

    digest = models.CharField(max_length=64, unique=True)
    subject = models.UUIDField(db_index=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    format = models.CharField(max_length=20)
    suffix = models.CharField(max_length=4)
    file = models.FileField(storage=kit_storage, max_length=200)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("drawn file")
        verbose_name_plural = _("drawn files")

    def __str__(self) -> str:
        return f"{self.subject} {self.language} {self.name}"

    @property
    def name(self) -> str:
        return f"{self.format}.{self.suffix}"


class Kit(FileJob):
    """All files of a campaign, or of one edition, in one archive: for one language or for all."""

    subject = models.UUIDField()
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    for_all_languages = models.BooleanField(default=False)
    logo = models.ForeignKey(PartnerLogo, on_delete=models.CASCADE, null=True, related_name="kits")
    digest = models.CharField(max_length=64, db_index=True)
    file = models.FileField(storage=kit_storage, blank=True, max_length=200)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("campaign kit")
        verbose_name_plural = _("campaign kits")

    def __str__(self) -> str:
        return f"{self.title} ({'*' if self.for_all_languages else self.language})"
