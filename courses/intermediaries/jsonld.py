"""An entry of the register in schema.org's words."""

from typing import Any

from courses.intermediaries.models import RegisterEntry


def holder(entry: RegisterEntry, url: str) -> dict[str, Any]:
    is_person = entry.holder == RegisterEntry.Holder.PERSON
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person" if is_person else "Organization",
        "url": url,
        "name": entry.name,
        "alternateName": entry.all_names[1:],
        "identifier": {"@type": "PropertyValue", "propertyID": str(entry.track), "value": entry.number},
        "knowsAbout": [str(topic) for topic in entry.topics.all()],
    }
    if is_person:
        data["hasOccupation"] = {"@type": "Occupation", "name": str(entry.track)}
        if entry.agency:
            data["worksFor"] = {"@type": "Organization", "name": entry.agency.name}
    return {name: value for name, value in data.items() if value}
