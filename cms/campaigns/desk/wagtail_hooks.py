from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.campaigns.desk.views import languages, numbers
from cms.campaigns.models import CampaignPage


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("<int:pk>/languages/", languages, name="languages"),
        path("<int:pk>/numbers/", numbers, name="numbers"),
    ]
    return [path("campaigns/", include((urls, "desk"), namespace="desk"))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def desk_buttons(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    if page.specific_class is CampaignPage and page.permissions_for_user(user).can_edit():
        yield Button(_("Languages"), reverse("desk:languages", args=[page.pk]), icon_name="globe", priority=32)
        yield Button(_("Numbers"), reverse("desk:numbers", args=[page.pk]), icon_name="view", priority=33)
