"""What verifiers elsewhere ask us for: keys, profile and status lists. Public, without a language or a cookie."""

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import cache_control, cache_page
from django.views.decorators.http import require_safe

from courses.credentials.badges.issuer import did_document, published_profile
from courses.credentials.badges.keys import current_key
from courses.credentials.badges.linked_data import Json
from courses.credentials.badges.status import exists, status_list

app_name = "well_known"


def _published(document: Json, content_type: str) -> JsonResponse:
    # Any site may read it: a verifier that runs in a browser is on another host.
    return JsonResponse(document, content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})


@require_safe
@cache_control(public=True, max_age=300)
def did(request: HttpRequest) -> JsonResponse:
    current_key()
    return _published(did_document(), "application/did+json")


@require_safe
@cache_control(public=True, max_age=300)
def profile(request: HttpRequest) -> JsonResponse:
    return _published(published_profile(), "application/ld+json")


@require_safe
@cache_page(60)  # signing a list is work, and anybody may ask for it
@cache_control(public=True, max_age=60)
def status(request: HttpRequest, number: int) -> JsonResponse:
    if number > 1_000_000 or not exists(number):
        raise Http404
    return _published(status_list(number), "application/vc")


urlpatterns = [
    path("did.json", did, name="did"),
    path("issuer.json", profile, name="profile"),
    path("credential-status/<int:number>.json", status, name="status"),
]
