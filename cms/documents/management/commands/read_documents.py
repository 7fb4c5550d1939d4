from typing import Any

from django.core.management.base import BaseCommand
from wagtail.documents import get_document_model

from cms.documents.models import DocumentText


class Command(BaseCommand):
    help = "Reads the text of every uploaded document that was not read yet, so that it can be searched."

    def handle(self, *args: Any, **options: Any) -> None:
        for document in get_document_model().objects.filter(extracted__isnull=True).iterator():
            text = DocumentText.read(document)
            self.stdout.write(f"{document.title}: {text.problem or f'{len(text.text)} characters'}")
