"""The same page in every language: for the switcher, hreflang and the not-translated notice."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page, PageQuerySet, PageViewRestriction, Site


@dataclass(frozen=True)
class LanguageLink:
    """One entry of the switcher. ``exists`` is false where the page has no translation yet."""

    code: str
    name: str
    direction: str
    url: str
    exists: bool
    is_current: bool


def language_links(request: HttpRequest, page: Page | None) -> list[LanguageLink]:
    """Links to the current page in each language, in the order of ``LANGUAGES``.

    A page that is not translated is linked by its own path in the other language: what answers there
    is the notice that offers the languages it does exist in.
    """
    urls = _page_urls(request, page) if page else {}
    return [
        LanguageLink(
            code=code,
            name=name,
            direction="rtl" if get_language_info(code)["bidi"] else "ltr",
            url=urls.get(code) or translate_url(request.get_full_path(), code),
            exists=page is None or code in urls,
            is_current=code == get_language(),
        )
        for code, name in settings.LANGUAGES
    ]


def _page_urls(request: HttpRequest, page: Page) -> dict[str, str]:
    translations = readable(Page.objects.filter(translation_key=page.translation_key)).select_related("locale")
    return {translation.locale.language_code: translation.get_url(request) or "" for translation in translations}


def readable(pages: PageQuerySet) -> PageQuerySet:
    """The pages anyone may read: live, and neither they nor a page above them restricted.

    Wagtail's ``public()`` says the same but costs a query of its own at each call.
    """
    restricted = PageViewRestriction.objects.annotate(
        reader_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(reader_path__startswith=F("page__path"))
    return pages.live().filter(~Exists(restricted))


def best_in(pages: PageQuerySet, language: str | None = None) -> Any:
    """Of a page's translations the readable one in a language (the reader's), else in the first there is; or None."""
    found = list(readable(pages).select_related("locale"))
    wanted = language or get_language()
    return next((page for page in found if page.locale.language_code == wanted), found[0] if found else None)


def same_path_elsewhere(request: HttpRequest, path: str) -> list[Page]:
    """Readable pages that answer to the same path in other languages, in the order of ``LANGUAGES``."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    parts = [part for part in path.split("/") if part]
    order = [code for code, _name in settings.LANGUAGES]
    found: list[Page] = []
    homes = Page.objects.filter(translation_key=site.root_page.translation_key).select_related("locale")
    for home in readable(homes):
        if home.locale.language_code != get_language():
            match = readable(Page.objects.filter(url_path=home.url_path + "".join(f"{part}/" for part in parts)))
            found.extend(match.select_related("locale"))
    return sorted(found, key=lambda page: order.index(page.locale.language_code))
