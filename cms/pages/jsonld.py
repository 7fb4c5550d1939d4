"""Pages in schema.org's words, for search engines."""

from typing import Any

from cms.pages.models import ContentPage


def described(page: ContentPage) -> dict[str, Any]:
    """What is said of any page: its kind, title, summary and times."""
    name = "headline" if page.schema_type in {"NewsArticle", "Report"} else "name"
    about = {
        "@type": page.schema_type,
        name: page.title,
        "description": page.description,
        "datePublished": page.first_published_at and page.first_published_at.isoformat(),
        "dateModified": page.last_published_at and page.last_published_at.isoformat(),
    }
    return {key: value for key, value in about.items() if value}
