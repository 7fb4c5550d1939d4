"""The list of opportunities, a partner abroad and one fellowship, in every language."""

from datetime import date
from pathlib import Path
from typing import Any

from cms.exchange.models import OpportunityIndexPage, OpportunityPage, PartnerInstitution
from cms.languages.starter import publish
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, columns, read
from cms.vocabulary.models import Audience, Topic

FILE = Path(__file__).parent / "exchange.yaml"


def load() -> None:
    texts = read(FILE)
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    index = publish(home, OpportunityIndexPage, "opportunities", texts["index"], dict)
    names = columns(texts["partner"], "name", "description")
    partner, _created = PartnerInstitution.objects.get_or_create(
        name_en=names["name_en"], defaults=names | {"country": "ch", "kind": "institute", "since": date(2026, 1, 15)}
    )
    shared = {
        "kind": "fellowship",
        "country": "ch",
        "partner": partner,
        "deadline": date(2027, 9, 30),
        "time_zone": "Europe/Zurich",
        "starts_on": date(2028, 2, 1),
        "places": 4,
    }

    def fields(own: Texts) -> dict[str, Any]:
        return shared | own

    related = {
        "topics": Topic.objects.filter(slug__in=["patents", "trade-marks"]),
        "audiences": Audience.objects.filter(slug__in=["university-students", "civil-servants"]),
    }
    publish(index, OpportunityPage, "lakeside-fellowship", texts["fellowship"], fields, related)
