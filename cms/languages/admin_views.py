from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.accounts.api import signed_in
from cms.accounts.models import User
from cms.languages.changes import Change, changes_for, store
from cms.languages.terms import unused_terms


def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The translator's short list of one page: translate what is new, save, publish."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=pk, enabled=True)
    page = translation.get_target_instance()
    permissions = page.permissions_for_user(request.user)
    if not permissions.can_edit():
        raise PermissionDenied
    user = signed_in(request)
    refused: set[int] = set()
    if request.method == "POST":
        refused = _store_all(request, translation, user)
        if not refused and "publish" in request.POST and permissions.can_publish():
            return _publish(request, translation, page, user)
        if not refused:
            messages.success(request, _("Your translations are saved."))
            return redirect("languages:changes", pk)
        text = _("Some translations lack a link or a mark of the original. They are kept; please mend them.")
        messages.error(request, text)
    context = _context(translation, page, refused, permissions.can_publish())
    return render(request, "languages/admin/changes.html", context)


def _store_all(request: HttpRequest, translation: Translation, user: User) -> set[int]:
    """Store every filled-in segment; returns the ids of those whose markup does not match."""
    refused = set()
    for change in changes_for(translation):
        text = request.POST.get(f"segment-{change.segment.pk}", "").strip()
        if text and not store(translation, change.segment, text, user):
            refused.add(change.segment.pk)
    return refused


def _publish(request: HttpRequest, translation: Translation, page: Page, user: User) -> HttpResponse:
    translation.save_target(user=user, publish=True)
    page.refresh_from_db()
    messages.success(
        request,
        _("%(title)s is published.") % {"title": page.title},
        buttons=[messages.button(page.get_url(request) or "/", _("View live"), new_window=True)],
    )
    return redirect("wagtailadmin_home")


def _context(translation: Translation, page: Page, refused: set[int], can_publish: bool) -> dict[str, object]:
    code = translation.target_locale.language_code
    found: list[Change] = changes_for(translation)
    return {
        "translation": translation,
        "target": page,
        "changes": found,
        "unused": unused_terms(translation),
        "refused": refused,
        "can_publish": can_publish,
        "language_code": code,
        "direction": "rtl" if get_language_info(code)["bidi"] else "ltr",
        "editor_url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "page_title": _("What to translate"),
    }
