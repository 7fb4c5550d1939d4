"""Courses in schema.org's words, for search engines."""

from typing import Any

from cms.competences.jsonld import alignments
from courses.catalogue.models import Course


def course(
    found: Course, url: str, languages: list[str], minutes: int, rating: tuple[float | None, int] = (None, 0)
) -> dict[str, Any]:
    """A course as a Course; values are in the reader's language. ``rating`` is average stars and their number."""
    stars, number = rating
    rated = {"aggregateRating": {"@type": "AggregateRating", "ratingValue": stars, "ratingCount": number}}
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
        **({"educationalAlignment": aligned} if (aligned := alignments(found.develops.all())) else {}),
        "about": [str(topic) for topic in found.topics.all()],
        "audience": [{"@type": "EducationalAudience", "audienceType": str(one)} for one in found.audiences.all()],
        "provider": {"@type": "Organization", "name": "Imprint"},
        "isAccessibleForFree": True,
        "numberOfCredits": float(found.credit_hours),
        **(rated if number else {}),
    }
