"""The one address of the repository: GET and POST (OAI-PMH 2.0, section 3.1)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.interop.provider.arguments import Question, question_of
from cms.interop.provider.dates import written
from cms.interop.provider.errors import OAIError
from cms.interop.provider.verbs import ANSWERS
from cms.interop.provider.xml import Element, add, root
from cms.interop.provider.xml import written as as_bytes

OAI = "http://www.openarchives.org/OAI/2.0/"


@csrf_exempt  # it changes nothing, and harvesters have no cookies
@require_http_methods(["GET", "HEAD", "POST"])
def repository(request: HttpRequest) -> HttpResponse:
    """Answers a harvester; what it asked wrongly, too, in the protocol's own words and with status 200."""
    question: Question | None = None
    try:
        question = question_of(request)
        document, request_element = _document(question)
        ANSWERS[question.verb](add(document, question.verb), question, request_element.text)
    except OAIError as error:
        document, _element = _document(question if error.echoes_arguments else None)
        add(document, "error", str(error), code=error.code)
    response = HttpResponse(as_bytes(document), content_type="text/xml; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _document(question: Question | None) -> tuple[Element, Element]:
    """The answer's frame: when it was given, and to what."""
    document = root("OAI-PMH", {None: OAI}, f"{OAI}OAI-PMH.xsd")
    add(document, "responseDate", written(timezone.now()))
    echoed = {"verb": question.verb, **question.arguments} if question else {}
    base_url = f"{settings.BASE_URL.rstrip('/')}{reverse('oai')}"
    return document, add(document, "request", base_url, **echoed)
