from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.campaigns.events.admin_views import registrations
from cms.campaigns.events.models import EventPage


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("<int:pk>/registrations/", registrations, name="registrations")]
    return [path("events/", include((urls, "events_admin"), namespace="events_admin"))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def registrations_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    if page.specific_class is EventPage and page.permissions_for_user(user).can_publish():
        url = reverse("events_admin:registrations", args=[page.pk])
        yield Button(_("Registrations"), url, icon_name="group", priority=35)
