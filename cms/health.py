"""GET /healthz: may this process take requests?"""

import logging
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from cms.search.backend import SearchBackend

logger = logging.getLogger(__name__)


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _search() -> None:
    backend = get_search_backend()
    if isinstance(backend, SearchBackend):
        backend.check()
    else:
        list(Page.objects.all().search("imprint")[:1])


CHECKS: dict[str, Callable[[], None]] = {"database": _database, "search": _search}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and search answer; 503 with the name of what failed otherwise.

    Only the kind of error is told: its text may hold addresses and is in the log.
    """
    results: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check()
            results[name] = "ok"
        except Exception as error:  # whatever went wrong, the answer is "not healthy"
            results[name] = type(error).__name__
            logger.error("Not healthy: %s: %s", name, error)
    healthy = set(results.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if healthy else "unavailable", "checks": results}, status=200 if healthy else 503
    )
