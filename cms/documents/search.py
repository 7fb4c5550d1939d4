"""Uploaded documents as search results: those that a page anyone may read leads to."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, ReferenceIndex

from cms.documents.models import DocumentText
from cms.search.kinds import Kind, Scope


def _public(scope: Scope) -> Any:
    linked = scope.once("public documents", lambda: _public_documents(scope))
    return DocumentText.objects.select_related("document").filter(language=scope.language, document_id__in=linked)


def _public_documents(scope: Scope) -> list[int]:
    """Documents in no private collection that a readable page links to or has attached; one query."""
    model = get_document_model()
    readable = scope.unrestricted(Page.objects.filter(live=True)).annotate(as_text=Cast("pk", CharField()))
    links = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        object_id__in=readable.values("as_text"),
    )
    private = CollectionViewRestriction.objects.annotate(
        document_path=ExpressionWrapper(OuterRef("collection__path"), output_field=CharField())
    ).filter(document_path__startswith=F("collection__path"))
    documents = model.objects.annotate(as_text=Cast("pk", CharField()))
    linked = documents.filter(~Exists(private), as_text__in=links.values("to_object_id"))
    return list(linked.values_list("pk", flat=True))


def _address(text: DocumentText, request: HttpRequest) -> str:
    return str(text.document.url)


DOCUMENT = Kind("document", _("Document"), DocumentText, _public, _address)
