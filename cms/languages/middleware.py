import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

from cms.languages.views import page_not_found


class NotFoundMiddleware:
    """Answers every 404 of the public site with our own page, so that a reader is offered the languages
    a page does exist in, also while DEBUG is on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404) and not request.path.startswith("/admin/"):
            return page_not_found(request, exception)
        return None


class ReaderLocaleMiddleware(LocaleMiddleware):
    """Django's, which leads ``/lessons/`` to ``/en/lessons/``; but what begins with an unknown language, and
    what is no page at all, is refused and not redirected."""

    elsewhere = re.compile(r"^/([a-z]{2,3}(-[A-Za-z0-9]{2,8})?(/|$)|(media|static|documents|admin|\.well-known)/)")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and self.elsewhere.match(request.path_info):
            return response
        return super().process_response(request, response)
