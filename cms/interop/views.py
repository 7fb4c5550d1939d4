from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.interop.feeds import channels
from cms.interop.provider.formats import FORMATS
from cms.interop.provider.sets import all_sets


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """How others take our content: feeds for readers and news rooms, OAI-PMH for libraries and portals."""
    context = {
        "channels": [(channel.label, channel.address("atom"), channel.address("json")) for channel in channels()],
        "base_url": f"{settings.BASE_URL.rstrip('/')}{reverse('oai')}",
        "formats": FORMATS.values(),
        "sets": all_sets(),
    }
    return render(request, "interop/index.html", context)
