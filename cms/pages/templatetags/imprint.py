"""Template tags for what is Imprint's own: the rosette, the navigation, worksheets."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from wagtail.models import Page, Site

from cms.artwork.bars import Chart, chart
from cms.artwork.rosette import SIZE
from cms.artwork.rosette import rosette as rosette_path
from cms.directory.models import Organisation
from cms.languages.switcher import readable
from cms.languages.tags import language_tag
from cms.pages.jsonld import described
from cms.pages.models import ContentPage

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

register = template.Library()
_UNSAFE_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def rosette(name: object, css_class: str = "rosette", detail: int = 3) -> SafeString:
    """The ornament of a page, decoration only: hidden from screen readers."""
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        css_class,
        SIZE,
        SIZE,
        rosette_path(str(name), detail=detail),
    )


@register.simple_tag(takes_context=True)
def navigation(context: template.Context) -> list[tuple[Page, str]]:
    """The pages of the menu in the reader's language, with their addresses."""
    return [(page, url) for page, url in _first_level(context) if page.show_in_menus]


@register.simple_tag(takes_context=True)
def footer_pages(context: template.Context) -> list[tuple[Page, str]]:
    """The other pages directly below the home page, such as "About"."""
    return [(page, url) for page, url in _first_level(context) if not page.show_in_menus]


def _first_level(context: template.Context) -> list[tuple[Page, str]]:
    """The readable pages below the home page of the reader's language: one query per request."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if request is None or site is None:
        return []
    known: list[tuple[Page, str]] | None = getattr(request, "imprint_first_level", None)
    if known is None:
        # The home page in the reader's language is looked up inside the query for its children.
        homes = Page.objects.filter(
            translation_key=site.root_page.translation_key, locale__language_code=get_language() or "en"
        )
        children = Page.objects.annotate(home_path=Subquery(homes.values("path")[:1]))
        pages = children.filter(depth=site.root_page.depth + 1, path__startswith=F("home_path")).order_by("path")
        known = [(page, page.get_url(request) or "") for page in readable(pages)]
        request.imprint_first_level = known  # type: ignore[attr-defined]
    return known


@register.simple_tag(takes_context=True)
def ancestors(context: template.Context, page: ContentPage) -> list[tuple[Page, str]]:
    """The pages between the home page and this one, with their addresses."""
    request = context.get("request")
    return [(ancestor, ancestor.get_url(request) or "") for ancestor in page.above]


@register.simple_tag
def bar_chart(values: Sequence[tuple[str, int | None, str]]) -> Chart:
    """The bars of a chart for components/bars.html, in the reading direction."""
    return chart(values, right_to_left=get_language_bidi())


@register.simple_tag
def json_ld(data: Mapping[str, Any]) -> SafeString:
    """Structured data for search engines (a data block: it is never run as a script)."""
    text = json.dumps(data, ensure_ascii=False, default=str).translate(_UNSAFE_IN_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.simple_tag(takes_context=True)
def web_page(context: template.Context) -> dict[str, Any] | None:
    """schema.org: WebPage, or what a page type calls itself, as a part of this site. None outside of a request."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return None
    home = request.build_absolute_uri(f"/{get_language()}/")
    page = context.get("page")
    about = described(page) if isinstance(page, ContentPage) else {"@type": "WebPage"}
    return {
        "@context": "https://schema.org",
        "url": request.build_absolute_uri(request.path),
        "inLanguage": language_tag(get_language() or "en"),
        "isPartOf": {"@type": "WebSite", "name": settings.IMPRINT_ISSUER_NAME, "url": home},
        "publisher": {"@type": "Organization", "name": settings.IMPRINT_ISSUER_NAME},
        **about,
    }


@register.filter
def coordinates_people(user: "AbstractBaseUser | AnonymousUser") -> bool:
    """Whether there are people whose learning this user may see."""
    return Organisation.objects.visible_to(user).exists()


@register.filter
def tabulated(rows: list[str]) -> list[list[str]]:
    """A worksheet's rows as cells: the bar separates them."""
    return [[cell.strip() for cell in row.split("|")] for row in rows]


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping has for a key; nothing where it has none."""
    return values.get(key)
