from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.campaigns.participation.admin_views import export_comments, export_scores
from cms.campaigns.participation.models import ConsultationPage, ContestPage
from cms.campaigns.participation.viewsets import ParticipationGroup

register_snippet(ParticipationGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [
        path("<int:pk>/comments.<slug:suffix>", export_comments, name="comments"),
        path("<int:pk>/entries.<slug:suffix>", export_scores, name="entries"),
    ]
    return [path("participation/", include((urls, "participation_admin"), namespace="participation_admin"))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def export_buttons(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    names = {ConsultationPage: ("comments", _("Comments")), ContestPage: ("entries", _("Entries and scores"))}
    if page.specific_class in names and page.permissions_for_user(user).can_edit():
        name, label = names[page.specific_class]
        for suffix in ("csv", "xlsx"):
            url = reverse(f"participation_admin:{name}", args=[page.pk, suffix])
            yield Button(f"{label} ({suffix.upper()})", url, icon_name="download", priority=40)
