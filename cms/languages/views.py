"""Pages that do not exist: not at all, or not in this language."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page

from cms.languages.switcher import same_path_elsewhere


def to_reader_language(request: HttpRequest) -> HttpResponse:
    """``/`` leads to the home page in the signed-in person's language, or in the one the browser asks for."""
    preferred = getattr(request.user, "preferred_language", None)
    return redirect(f"/{preferred or get_language()}/")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: says whether the page exists in other languages, and offers them. Nothing private is named."""
    path = request.path_info
    language = get_language_from_path(path)
    if language and request.method in {"GET", "HEAD"} and not path.endswith("/") and _answers(f"{path}/"):
        return redirect(f"{path}/{'?' + request.GET.urlencode() if request.GET else ''}", permanent=True)
    elsewhere: list[Page] = same_path_elsewhere(request, path.strip("/").partition("/")[2]) if language else []
    template = "languages/not_translated.html" if elsewhere else "404.html"
    links = [(page, page.get_url(request)) for page in elsewhere]
    context = {"elsewhere": links, "unknown_language": None if language else path.strip("/").partition("/")[0][:20]}
    return render(request, template, context, status=404)


def _answers(path: str) -> bool:
    try:
        return bool(resolve(path).url_name != "not_found")
    except Resolver404:
        return False


def not_found(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """The last URL pattern: what no other pattern knows."""
    return page_not_found(request)
