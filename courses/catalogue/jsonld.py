"""Courses in schema.org's words, for search engines."""

from typing import Any

from courses.catalogue.models import Course


def course(found: Course, url: str, languages: list[str], minutes: int) -> dict[str, Any]:
    """A course as a Course; values are in the reader's language."""
    return {
        "@context": "https://schema.org",
        "@type": "Course",
        "url": url,
        "name": str(found),
        "description": found.summary,
        "inLanguage": languages,
        "educationalLevel": str(found.get_level_display()),
        "timeRequired": f"PT{minutes}M",
        "teaches": found.outcome_list,
        "about": [str(topic) for topic in found.topics.all()],
        "audience": [{"@type": "EducationalAudience", "audienceType": str(one)} for one in found.audiences.all()],
        "provider": {"@type": "Organization", "name": "Imprint"},
        "isAccessibleForFree": True,
    }
