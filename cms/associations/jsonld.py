"""An association in schema.org's words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cms.associations.models import AssociationPage


def organization(page: "AssociationPage") -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": str(page.organisation),
        "description": page.summary,
        "url": page.organisation.website or page.full_url,
        "knowsAbout": [str(topic) for topic in page.topics.all()],
    }
    return {name: value for name, value in data.items() if value}
