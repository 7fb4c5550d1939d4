"""Who may edit a collection: its owner, or the browser (or link) it was begun with."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from curriculum.library.collections.models import Collection

COOKIE = "collections"
SALT = "curriculum.collection.cookie"
MOST_REMEMBERED = 10
ONE_YEAR = 365 * 24 * 60 * 60  # seconds


def remembered(request: HttpRequest) -> list[UUID]:
    """The collections this browser began; none where its cookie was tampered with."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""
    try:
        return [UUID(part) for part in value.split("-") if part]
    except ValueError:
        return []


def remember(request: HttpRequest, response: HttpResponse, collection: Collection) -> None:
    """Lets this browser go on with a collection; the oldest is forgotten when there are many."""
    known = [key for key in remembered(request) if key != collection.pk]
    _write(request, response, [*known, collection.pk][-MOST_REMEMBERED:])


def forget(request: HttpRequest, response: HttpResponse, collection: Collection) -> None:
    _write(request, response, [key for key in remembered(request) if key != collection.pk])


def _write(request: HttpRequest, response: HttpResponse, keys: list[UUID]) -> None:
    if not keys:
        response.delete_cookie(COOKIE)
        return
    value = "-".join(key.hex for key in keys)
    response.set_signed_cookie(
        COOKIE, value, salt=SALT, max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )


def editable(request: HttpRequest) -> "list[Collection]":
    """The collections the reader may edit, the last changed first."""
    mine = Collection.objects.filter(owner=None, pk__in=remembered(request))
    if request.user.is_authenticated:
        mine = mine | Collection.objects.filter(owner_id=request.user.pk)
    return list(mine.order_by("-updated_at"))


def one_editable(request: HttpRequest, key: UUID) -> "Collection | None":
    """The collection if the reader may edit it: whoever may not learns nothing about it."""
    return next((collection for collection in editable(request) if collection.pk == key), None)
