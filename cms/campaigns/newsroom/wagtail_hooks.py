"""The press in the admin; and documents that nobody may have yet."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.campaigns.newsroom.admin_views import tell
from cms.campaigns.newsroom.models import AccreditedJournalist, PressReleasePage, ReleaseAttachment
from cms.campaigns.newsroom.press import holder_of, link_of
from cms.pages.models import HOME_DEPTH


class AccreditedJournalistViewSet(SnippetViewSet):
    model = AccreditedJournalist
    icon = "user"
    menu_label = _("Accredited press")
    menu_order = 320
    add_to_admin_menu = True
    list_display = [
        *("name", "outlet", "email", "language", "valid_until", "is_active"),
        # To be given by telephone to somebody whose mail does not arrive.
        Column("personal_link", label=_("Personal link"), accessor=link_of),
    ]
    list_filter = ["is_active", "language"]
    search_fields = ["name", "outlet", "email"]
    search_backend_name = None
    panels = [
        FieldPanel("name"),
        FieldPanel("outlet"),
        FieldPanel("email"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("time_zone")]),
        FieldRowPanel([FieldPanel("valid_until"), FieldPanel("is_active")]),
    ]


register_snippet(AccreditedJournalistViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    urls = [path("<int:pk>/tell/", tell, name="tell")]
    return [path("newsroom/", include((urls, "newsroom_admin"), namespace="newsroom_admin"))]


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def tell_button(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    is_ours = page.specific_class is PressReleasePage and page.depth == HOME_DEPTH + 2
    if is_ours and not page.live and page.permissions_for_user(user).can_publish():
        yield Button(
            _("Send to the press"), reverse("newsroom_admin:tell", args=[page.pk]), icon_name="mail", priority=35
        )


@hooks.register("before_serve_document")
def keep_embargo(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document that only unpublished releases have is for accredited press and for people who publish."""
    attachments = ReleaseAttachment.objects.filter(document=document)
    if not attachments.exists() or attachments.filter(page__live=True).exists():
        return None
    if request.user.has_perm("wagtailadmin.access_admin"):  # type: ignore[union-attr]
        return None
    if holder_of(request.GET.get("press", "")) is None:
        raise Http404
    return None
