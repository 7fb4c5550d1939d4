"""A degree programme in schema.org's words."""

from typing import Any

from cms.vocabulary.joined import split
from curriculum.degrees.models import DegreeProgramme

CREDENTIALS = {
    DegreeProgramme.Level.BACHELOR: "Bachelor",
    DegreeProgramme.Level.MASTER: "Master",
    DegreeProgramme.Level.DOCTORATE: "Doctorate",
}


def program(found: DegreeProgramme, url: str) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalProgram",
        "url": url,
        "name": str(found),
        "description": found.summary,
        "provider": {"@type": "CollegeOrUniversity", "name": str(found.institution)},
        "educationalCredentialAwarded": CREDENTIALS[DegreeProgramme.Level(found.level)],
        "educationalProgramMode": found.mode,
        "timeToComplete": f"P{found.months}M",
        "programPrerequisites": found.entry_rules,
        "applicationDeadline": found.deadline.isoformat() if found.deadline else "",
        "startDate": found.starts_on.isoformat() if found.starts_on else "",
        "inLanguage": split(found.languages),
    }
    if found.fee is not None:
        offer = {"@type": "Offer", "category": "Tuition", "price": str(found.fee), "priceCurrency": found.currency}
        data["offers"] = offer
    return {name: value for name, value in data.items() if value}
