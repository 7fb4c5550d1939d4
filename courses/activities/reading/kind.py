from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.activities.reading.glossary import with_glossary
from courses.catalogue.kinds import Kind


class Reading(Kind):
    """A text with all blocks that the site has. The learner says when it is read."""

    slug = "reading"
    label = _("Reading")
    icon = "doc-full"
    works_offline = True

    def context(self, request: HttpRequest, place: Any) -> dict[str, Any]:
        story = "".join(block.render({"request": request}) for block in place.activity.body)
        return {"story": with_glossary(story, get_language() or "en")}


KINDS = (Reading,)
