"""Two campaigns: World Intellectual Property Day and the national IP publicity week."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cms.campaigns.models import CampaignIndexPage, CampaignPage, CampaignPartner
from cms.directory.models import Organisation
from cms.languages.starter import publish, story
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, read, read_languages
from cms.vocabulary.models import Audience, Region, StrategyMeasure, Topic

FOLDER = Path(__file__).parent
SLUGS = ["world-ip-day", "national-ip-publicity-week"]

SHARED = [
    *("kind", "starts_on", "ends_on", "teaser_from", "wrap_up_until", "time_zone"),
    *("action_url", "design", "hashtag"),
]
TEXTS = [
    *("title", "theme", "slogan", "summary", "action_label", "action_text"),
    *("teaser_text", "live_text", "wrap_up_text"),
]


def load() -> None:
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    index = publish(home, CampaignIndexPage, "campaigns", read_languages(FOLDER / "index"), _index_fields)
    for slug in SLUGS:
        item = read(FOLDER / slug / "item.yaml")
        publish(index, CampaignPage, slug, read_languages(FOLDER / slug), _campaign_fields(slug, item), _related(item))


def _index_fields(texts: Texts) -> dict[str, Any]:
    return {"title": texts["title"], "summary": texts["summary"], "show_in_menus": True}


def _campaign_fields(slug: str, item: Texts) -> Callable[[Texts], dict[str, Any]]:
    shared = {name: item[name] for name in SHARED if name in item}
    shared["region"] = Region.objects.filter(slug=item.get("region")).first()

    def fields(texts: Texts) -> dict[str, Any]:
        return (
            shared
            | {name: texts[name] for name in TEXTS if name in texts}
            | {"story": story(f"{slug}/story", texts["story"])}
        )

    return fields


def _related(item: Texts) -> dict[str, Any]:
    return {
        "audiences": list(Audience.objects.filter(slug__in=item["audiences"])),
        "topics": list(Topic.objects.filter(slug__in=item["topics"])),
        "measures": list(StrategyMeasure.objects.filter(slug__in=item["measures"])),
        "partners": [
            CampaignPartner(organisation=Organisation.objects.get(slug=slug), role=role)
            for slug, role in item["partners"].items()
        ],
    }
