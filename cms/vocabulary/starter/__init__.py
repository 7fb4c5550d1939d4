"""The terms of the strategy and of the IP offices, one file per list with every language side by side."""

from pathlib import Path

from cms.vocabulary.data import load_terms
from cms.vocabulary.models import Audience, GlossaryTerm, Licence, Region, StrategyMeasure, Topic

FOLDER = Path(__file__).parent

PERMISSIONS = ("permits_sharing", "permits_adaptation", "permits_commercial_use", "requires_share_alike")


def load() -> None:
    load_terms(Topic, FOLDER / "topics.yaml", broader=lambda slug: Topic.objects.get(slug=slug))
    load_terms(Audience, FOLDER / "audiences.yaml")
    load_terms(Region, FOLDER / "regions.yaml")
    load_terms(StrategyMeasure, FOLDER / "measures.yaml")
    load_terms(Licence, FOLDER / "licences.yaml", url=str, spdx=str, **dict.fromkeys(PERMISSIONS, bool))
    load_terms(GlossaryTerm, FOLDER / "glossary.yaml", topic=lambda slug: Topic.objects.get(slug=slug))
