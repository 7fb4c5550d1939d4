"""A teacher's collections. Thin: find what may be edited, act, go back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.limits import allows
from cms.languages.switcher import readable
from curriculum.library.collections import access
from curriculum.library.collections.models import Collection, CollectionFull
from curriculum.plans.api import readable_lesson
from curriculum.plans.models import LessonPlanPage

NEW_PER_HOUR = 200  # a school has one address for all its teachers
STEPS = {"up": -1, "down": 1}


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The collections the reader may edit."""
    return render(request, "collections/index.html", {"collections": access.editable(request)})


@never_cache
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    """Puts a lesson into a collection, a new one if need be."""
    lesson = _lesson(key)
    collections = access.editable(request)
    if request.method != "POST":
        return render(request, "collections/add.html", {"lesson": lesson, "collections": collections})
    chosen = request.POST.get("collection", "")
    collection = next((one for one in collections if str(one.pk) == chosen), None)
    if collection is None:
        if not allows(request, "new-collection", NEW_PER_HOUR, 3600):
            return render(request, "collections/too_many.html", status=429)
        collection = _begin(request)
    _put(request, collection, lesson)
    response = redirect("collections:edit", key=collection.pk)
    if collection.owner_id is None:
        access.remember(request, response, collection)
    return response


def _begin(request: HttpRequest) -> Collection:
    owner = signed_in(request) if request.user.is_authenticated else None
    title = request.POST.get("title", "").strip()[:120]
    return Collection.objects.create(title=title, language=get_language() or "en", owner=owner)


def _put(request: HttpRequest, collection: Collection, lesson: LessonPlanPage) -> None:
    try:
        added = collection.add(lesson)
    except CollectionFull:
        messages.error(request, _("This collection is full. Begin another one, or take a lesson out."))
        return
    if added:
        messages.success(request, _("“%(title)s” is in your collection.") % {"title": lesson.title})
    else:
        messages.info(request, _("“%(title)s” was in your collection already.") % {"title": lesson.title})


def _lesson(key: UUID) -> LessonPlanPage:
    lesson = readable_lesson(key, get_language() or "en", or_any_language=True)
    if lesson is None:
        raise Http404
    return lesson


@never_cache
@require_safe
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """The collection as its teacher sees it."""
    collection = _editable(request, key)
    context = _contents(collection) | {
        "share_url": request.build_absolute_uri(reverse("collections:shared", args=[collection.share_token])),
        "edit_url": request.build_absolute_uri(reverse("collections:resume", args=[collection.edit_token])),
    }
    return render(request, "collections/edit.html", context)


@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The collection as others see it through its link: to read and to download."""
    collection = Collection.objects.shared_as(token)
    if collection is None:
        return render(request, "collections/broken_link.html", status=404)
    return render(request, "collections/shared.html", _contents(collection))


def _contents(collection: Collection) -> dict[str, Any]:
    """The lessons in the reader's language where there are any, else in one they exist in."""
    items = list(collection.items.all())
    found = readable(LessonPlanPage.objects.filter(translation_key__in=[item.lesson_key for item in items]))
    pages: dict[UUID, LessonPlanPage] = {}
    for page in found.select_related("locale").order_by("pk"):
        if page.translation_key not in pages or page.locale.language_code == get_language():
            pages[page.translation_key] = page
    entries = [{"item": item, "page": pages.get(item.lesson_key)} for item in items]
    return {"collection": collection, "entries": entries, "minutes": sum(page.minutes for page in pages.values())}


@never_cache
@require_POST
def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Renames a collection, or moves or removes one of its lessons."""
    collection = _editable(request, key)
    action, lesson = request.POST.get("action", ""), _key(request.POST.get("lesson", ""))
    if action == "rename":
        collection.title = request.POST.get("title", "").strip()[:120]
        collection.save(update_fields=["title", "updated_at"])
    elif action in STEPS and lesson:
        collection.move(lesson, STEPS[action])
    elif action == "remove" and lesson:
        collection.remove(lesson)
    return redirect("collections:edit", key=collection.pk)


@never_cache
@require_POST
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    collection = _editable(request, key)
    response = redirect("collections:index")
    access.forget(request, response, collection)
    collection.delete()
    messages.success(request, _("The collection is deleted."))
    return response


@never_cache
@login_required
@require_POST
def keep(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keeps a collection in the account: from then on only its owner edits it."""
    collection = _editable(request, key)
    collection.owner = signed_in(request)
    collection.save(update_fields=["owner", "updated_at"])
    response = redirect("collections:edit", key=collection.pk)
    access.forget(request, response, collection)
    messages.success(request, _("The collection is kept in your account."))
    return response


@never_cache
@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Goes on with a collection in another browser, by its link."""
    collection = Collection.objects.editable_as(token)
    if collection is None:
        return render(request, "collections/broken_link.html", status=404)
    response = redirect("collections:edit", key=collection.pk)
    access.remember(request, response, collection)
    return response


def _editable(request: HttpRequest, key: UUID) -> Collection:
    collection = access.one_editable(request, key)
    if collection is None:
        raise Http404
    return collection


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
