"""What other rooms ask about lessons."""

from uuid import UUID

from cms.languages.switcher import readable
from curriculum.plans.models import LessonPlanPage


def readable_lesson(key: UUID, language: str, *, or_any_language: bool = False) -> LessonPlanPage | None:
    """The lesson anyone may read under a translation key, in a language or, if allowed, in one it exists in."""
    lessons = readable(LessonPlanPage.objects.filter(translation_key=key)).select_related("locale")
    found: LessonPlanPage | None = lessons.filter(locale__language_code=language).first()
    if found is None and or_any_language:
        found = lessons.order_by("pk").first()
    return found
