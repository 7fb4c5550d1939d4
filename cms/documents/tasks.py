from django_tasks import task
from wagtail.documents import get_document_model

from cms.documents.models import DocumentText


@task()
def read_document(pk: int) -> None:
    """Reads the text of an uploaded document, so that it can be searched."""
    document = get_document_model().objects.filter(pk=pk).first()
    if document is not None:
        DocumentText.read(document)
