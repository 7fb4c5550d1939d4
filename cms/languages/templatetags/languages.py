"""Template tags every public template has at hand (a builtin library, see settings)."""

from django import template
from django.template import Context
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from cms.languages.freshness import Freshness, freshness_of
from cms.languages.switcher import LanguageLink
from cms.languages.switcher import language_links as links_for

register = template.Library()


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[LanguageLink]:
    """The language switcher's entries for the page being rendered."""
    page = context.get("page")
    request = context.get("request")
    if request is None:
        return []
    # A page is saved without an id while it is previewed for the first time.
    return links_for(request, page if isinstance(page, Page) and page.pk else None)


@register.simple_tag
def freshness(page: Page) -> Freshness | None:
    """How this translation stands to its source; nothing for a source page."""
    return freshness_of(page) if page.pk else None


@register.filter
def language_name(code: str) -> str:
    """A language's name in itself: fr → Français."""
    return str(get_language_info(code)["name_local"]).capitalize()


@register.filter
def language_in_sentence(code: str) -> str:
    """A language's name in the reader's language, written as inside a sentence: fr → anglais."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name.lower()


@register.filter
def language_direction(code: str) -> str:
    return "rtl" if get_language_info(code)["bidi"] else "ltr"
