"""A training base in schema.org's words."""

from typing import Any

from cms.bases.models import TrainingBase


def place(base: TrainingBase, url: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Place",
        "url": url,
        "name": str(base),
        "description": base.description,
        "address": base.address,
        "maximumAttendeeCapacity": base.capacity,
        "amenityFeature": [{"@type": "LocationFeatureSpecification", "name": item} for item in base.equipment_list],
    }
    if base.latitude is not None and base.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(base.latitude),
            "longitude": float(base.longitude),
        }
    return {name: value for name, value in data.items() if value}
