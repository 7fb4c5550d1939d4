"""The terms of the strategy and of the IP offices, one file per list with every language side by side."""

from pathlib import Path

from django.db.models import Q

from cms.vocabulary.data import column, load_terms, read
from cms.vocabulary.models import Audience, GlossaryTerm, Licence, Region, StrategyMeasure, Topic

FOLDER = Path(__file__).parent

PERMISSIONS = ("permits_sharing", "permits_adaptation", "permits_commercial_use", "requires_share_alike")


def load() -> None:
    _load_topics()
    load_terms(Audience, FOLDER / "audiences.yaml")
    load_terms(Region, FOLDER / "regions.yaml")
    load_terms(StrategyMeasure, FOLDER / "measures.yaml")
    load_terms(Licence, FOLDER / "licences.yaml", url=str, spdx=str, **dict.fromkeys(PERMISSIONS, bool))
    load_terms(GlossaryTerm, FOLDER / "glossary.yaml", topic=lambda slug: Topic.objects.get(slug=slug))


def _load_topics() -> None:
    """The topics; a broader one that an earlier version did not have takes in those that belong to it."""
    file = FOLDER / "topics.yaml"
    known = set(Topic.objects.values_list("slug", flat=True))
    load_terms(Topic, file, broader=lambda slug: Topic.objects.get(slug=slug))
    for slug, texts in read(FOLDER / "explanations.yaml").items():
        explained = {column("explanation", code): text.strip() for code, text in texts.items()}
        empty = Q(explanation_en="") | Q(explanation_en__isnull=True)
        Topic.objects.filter(empty, slug=slug).update(**explained)  # type: ignore[misc]
    for slug, entry in read(file).items():
        broader = entry.get("broader")
        if broader and broader not in known and slug in known:
            Topic.objects.filter(slug=slug, broader=None).update(  # type: ignore[misc]
                broader=Topic.objects.get(slug=broader)
            )
