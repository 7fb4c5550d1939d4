from base64 import b64encode
from typing import Any

from django import template

from cms.artwork.errors import ArtworkError
from cms.artwork.formats import FORMATS
from cms.campaigns.kits.content import ingredients_of
from cms.campaigns.kits.drawing import preview

register = template.Library()


@register.simple_tag
def kit_previews(page: Any) -> list[dict[str, Any]]:
    """Each size of a draft's kit as a small picture, or why it cannot be drawn: for the editor's preview."""
    painter = ingredients_of(page).painter()
    found = []
    for size in FORMATS.values():
        try:
            found.append({"size": size, "data": b64encode(preview(page, size, painter)).decode()})
        except ArtworkError as error:
            found.append({"size": size, "error": str(error)})
    return found
