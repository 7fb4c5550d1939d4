from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from cms.statistics.api import count
from cms.statistics.models import Act


class CountedPage(Page):
    """A page whose views are counted by day and language, and by nothing else."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().serve(request, *args, **kwargs)
        if response.status_code == 200:
            count(request, self.translation_key, Act.VIEW, self.locale.language_code)
        return response
