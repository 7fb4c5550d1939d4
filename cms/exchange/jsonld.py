"""Opportunities in schema.org's words: posts, programmes of study, and grants."""

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cms.languages.tags import language_tag

if TYPE_CHECKING:
    from cms.exchange.models import OpportunityPage

TYPES = {
    "study": "EducationalOccupationalProgram",
    "visiting": "JobPosting",
    "recruitment": "JobPosting",
    "fellowship": "MonetaryGrant",
    "cooperation": "Grant",
}


def opportunity(page: "OpportunityPage") -> dict[str, Any]:
    kind = TYPES[page.kind]
    host = {"@type": "Organization", "name": page.host}
    closes = page.closes_at.astimezone(ZoneInfo(page.time_zone)).isoformat() if page.closes_at else ""
    data = {
        "@context": "https://schema.org",
        "@type": kind,
        "url": page.full_url,
        "name": page.title,
        "description": page.summary,
        "inLanguage": language_tag(page.locale.language_code),
    }
    place = {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": page.country.upper()}}
    if kind == "JobPosting":
        posted = page.first_published_at.date().isoformat() if page.first_published_at else ""
        data |= {"title": page.title, "datePosted": posted, "validThrough": closes, "jobLocation": place}
        data |= {"hiringOrganization": host, "qualifications": page.requirements}
    elif kind == "EducationalOccupationalProgram":
        data |= {"provider": host, "applicationDeadline": page.deadline.isoformat() if page.deadline else ""}
        data |= {"startDate": page.starts_on.isoformat() if page.starts_on else ""}
        data |= {"programPrerequisites": page.requirements}
    else:
        data |= {"funder": host}
    return {name: value for name, value in data.items() if value not in ("", None)}
