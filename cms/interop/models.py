"""What is shared, as other systems have seen it: every work, and what became of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from cms.interop.works import Learning, Work


class Record(models.Model):
    """A work in one language as it was at ``datestamp`` (OAI-PMH 2.0, section 2.5).

    Records of works that are no longer public stay, marked as deleted: whoever harvested them learns of it.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    wing = models.CharField(max_length=20)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    datestamp = models.DateTimeField(help_text="To the second: when the work came, changed or was taken away.")
    is_deleted = models.BooleanField(default=False)
    work = models.JSONField()

    class Meta:
        ordering = ["datestamp", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["datestamp", "id"], name="record_by_datestamp"),
            models.Index(fields=["wing", "datestamp", "id"], name="record_by_wing"),
            models.Index(fields=["language", "datestamp", "id"], name="record_by_language"),
            models.Index(fields=["language", "is_deleted", "-datestamp"], name="record_newest"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def content(self) -> Work:
        values = dict(self.work)
        learning = values.pop("learning")
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return Work(**values | lists, learning=Learning(**learning) if learning else None)

    @property
    def url(self) -> str:
        """The address of the work for people."""
        return f"{settings.BASE_URL.rstrip('/')}{self.work['path']}"
