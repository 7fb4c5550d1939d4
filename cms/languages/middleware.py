from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

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
