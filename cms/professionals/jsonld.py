"""A profile in schema.org's words: only what is shown."""

from collections.abc import Iterable
from typing import Any

from cms.professionals.models import Claim, Profile
from cms.professionals.parts import Part
from cms.vocabulary.joined import split

CREDENTIALS = {Claim.Kind.EDUCATION: "degree", Claim.Kind.QUALIFICATION: "certificate"}


def person(profile: Profile, claims: Iterable[Claim], url: str) -> dict[str, Any]:
    claims = list(claims)
    data = {
        "@context": "https://schema.org",
        "@type": "Person",
        "url": url,
        "name": profile.main_name,
        "alternateName": profile.other_names,
        "jobTitle": profile.headline,
        "description": profile.about if profile.shows(Part.ABOUT) else "",
        "knowsLanguage": split(profile.languages) if profile.shows(Part.LANGUAGES) else [],
        "knowsAbout": [str(topic) for topic in profile.topics.all()],
        "hasCredential": [_credential(claim) for claim in claims if claim.kind in CREDENTIALS],
    }
    return {name: value for name, value in data.items() if value}


def _credential(claim: Claim) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "EducationalOccupationalCredential",
        "name": claim.title,
        "credentialCategory": CREDENTIALS[Claim.Kind(claim.kind)],
        "url": claim.proof.url if claim.proof else claim.url,
    }
    if claim.body:
        data["recognizedBy"] = {"@type": "Organization", "name": claim.body}
    return {name: value for name, value in data.items() if value}
