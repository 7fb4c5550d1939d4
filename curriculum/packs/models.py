from typing import Any

from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.jobs.models import FileJob


def pack_storage() -> Any:
    """Where finished packs lie: not among the media, since a pack is only for whom its lessons are."""
    return storages["packs"]


class Format(models.TextChoices):
    """What a pack can be; the value is the name of the file."""

    LESSON_PLAN = "lesson-plan.pdf", _("Teacher’s edition (PDF)")
    HANDOUT = "student-handout.pdf", _("Student handout (PDF)")
    DOCX = "lesson-plan.docx", _("Word document (DOCX)")
    EPUB = "book.epub", _("E-book (EPUB)")
    ZIP = "everything.zip", _("Everything, with attachments and licences (ZIP)")

    @property
    def content_type(self) -> str:
        return {
            "pdf": "application/pdf",
            "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "epub": "application/epub+zip",
            "zip": "application/zip",
        }[self.value.rpartition(".")[2]]

    @property
    def can_be_bilingual(self) -> bool:
        return self != Format.EPUB


class Pack(FileJob):
    """A file made from lessons. The digest is that of all that went into it: the same lessons, the same file."""

    source_kind = models.CharField(max_length=20)
    source_key = models.CharField(max_length=120)
    format = models.CharField(max_length=40, choices=Format)
    language = models.CharField(max_length=10)
    second_language = models.CharField(max_length=10, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=255)
    page_ids = models.JSONField(default=list)
    file = models.FileField(storage=pack_storage, blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("pack")
        verbose_name_plural = _("packs")

    def __str__(self) -> str:
        return f"{self.title} ({self.format})"

    @property
    def languages(self) -> list[str]:
        return [code for code in (self.language, self.second_language) if code]

    @property
    def file_name(self) -> str:
        """What the file is called on the teacher's disk."""
        extension = self.format.rpartition(".")[2]
        return f"{self.title} – {'+'.join(self.languages)}.{extension}"
