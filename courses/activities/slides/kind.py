from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel

from cms.vocabulary.models import LANGUAGE_COLUMNS
from courses.activities.slides.pages import words_of
from courses.catalogue.kinds import Kind

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

    from courses.catalogue.models import Activity


class Slides(Kind):
    """Slides as pages one below the other, each a picture with its words. The learner says when they are read."""

    slug = "slides"
    label = _("Slides")
    icon = "doc-full-inverse"
    works_offline = True

    def panels(self) -> list[Any]:
        files = [FieldPanel(f"file_{code}") for code in LANGUAGE_COLUMNS]
        return [InlinePanel("slide_decks", panels=files, min_num=1, max_num=1, label=_("Slides"))]

    def is_translated_into(self, activity: "Activity", code: str) -> bool:
        deck = activity.slide_decks.first()
        return deck is not None and bool(getattr(deck, f"file_{code.replace('-', '_')}"))

    def files(self, activity: "Activity", language: str) -> "list[FieldFile]":
        deck = activity.slide_decks.first()
        if deck is None:
            return []
        file = getattr(deck, f"file_{language.replace('-', '_')}") or deck.file_en
        return [file] if file else []

    def pages(self, place: Any) -> list[str]:
        found = self.files(place.activity, get_language() or "en")
        numbers = range(1, len(words(found[0])) + 1) if found else []
        at = [place.enrolment.pk, place.number]
        return [place.url, *(reverse("player:slides_page", args=[*at, number]) for number in numbers)]

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        language = get_language() or "en"
        found = self.files(place.activity, language)
        return {"pages": list(enumerate(words(found[0]), start=1)) if found else [], "language": language}


def words(file: "FieldFile") -> list[str]:
    """The words of each page, read once: a file in storage keeps its name and never changes."""
    cache, key = caches["documents"], f"slides:{file.name}"
    found = cache.get(key)
    if found is None:
        with file.open("rb") as stream:
            found = words_of(stream)
        cache.set(key, found)
    return list(found)


KINDS = (Slides,)
