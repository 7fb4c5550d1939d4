"""Template tags for what is Imprint's own: the rosette, the navigation, worksheets."""

from typing import TYPE_CHECKING

from django import template
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page, Site

from cms.artwork.rosette import SIZE
from cms.artwork.rosette import rosette as rosette_path
from cms.directory.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

register = template.Library()


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
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return []
    home = site.root_page.localized
    pages = home.get_children().live().public().in_menu()
    return [(page, page.get_url(request)) for page in pages]


@register.filter
def coordinates_people(user: "AbstractBaseUser | AnonymousUser") -> bool:
    """Whether there are people whose learning this user may see."""
    return Organisation.objects.visible_to(user).exists()


@register.filter
def tabulated(rows: list[str]) -> list[list[str]]:
    """A worksheet's rows as cells: the bar separates them."""
    return [[cell.strip() for cell in row.split("|")] for row in rows]
