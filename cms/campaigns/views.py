from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from wagtail.models import Page

from cms.accounts.limits import allows
from cms.campaigns.sharing import CHANNELS
from cms.languages.switcher import readable
from cms.pages.counted import CountedPage
from cms.statistics.api import count
from cms.statistics.models import Act

COUNTED_AN_HOUR = 30


@never_cache
@require_GET
def share(request: HttpRequest, key: UUID, channel: str) -> HttpResponse:
    """Counts that a page was passed on and leads to where; more than a person's shares are not counted."""
    if channel not in CHANNELS:
        raise Http404
    pages = Page.objects.filter(translation_key=key, locale__language_code=get_language())
    page = get_object_or_404(readable(pages)).specific
    if not isinstance(page, CountedPage):
        raise Http404
    if allows(request, f"share:{key}", COUNTED_AN_HOUR, 3600):
        count(request, key, Act.SHARE, page.locale.language_code)
    address = CHANNELS[channel].address(page.get_full_url(request) or "", page.title)
    return HttpResponse(status=302, headers={"Location": address, "X-Robots-Tag": "noindex"})
