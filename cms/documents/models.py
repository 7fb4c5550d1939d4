"""The texts of uploaded documents, read so that they can be searched."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string
from wagtail.search import index

from cms.documents.extract import KINDS, ExtractionError, extract
from cms.documents.languages import language_of_text


class DocumentText(index.Indexed, models.Model):
    """What stands in a document, or why it could not be read."""

    document = models.OneToOneField(
        get_document_model_string(), on_delete=models.CASCADE, related_name="extracted", verbose_name=_("document")
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    text = models.TextField(_("text"), blank=True)
    problem = models.CharField(_("why there is no text"), max_length=200, blank=True)
    file_hash = models.CharField(_("hash of the file that was read"), max_length=40, blank=True)

    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("text"),
        index.FilterField("language"),
        index.FilterField("document_id"),
    ]

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return str(self.document.title)

    @property
    def search_language(self) -> str:
        return self.language

    @classmethod
    def get_indexed_objects(cls) -> Any:
        return super().get_indexed_objects().select_related("document")

    @classmethod
    def read(cls, document: Any) -> "DocumentText":
        """Reads a document unless this very file was read before; its title may have changed in any case."""
        found = cls.objects.filter(document=document).first() or cls(document=document)
        found.document = document
        digest = document.get_file_hash()
        if digest != found.file_hash:
            found.text, found.problem = _text_of(document)
            found.file_hash = digest
        found.language = language_of_text(f"{document.title}\n{found.text}")
        found.save()
        return found


def _text_of(document: Any) -> tuple[str, str]:
    """The text, and why there is none."""
    kind = document.file_extension.lower()
    if kind not in KINDS:
        return "", ""
    try:
        with document.open_file() as file:
            return extract(file, kind), ""
    except ExtractionError as error:
        return "", str(error)
    except OSError as error:
        return "", f"The file cannot be opened ({type(error).__name__})."
