"""Criteria for training bases, and two demo bases to look at."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cms.bases.models import Criterion, TrainingBase
from cms.directory.models import Organisation
from cms.vocabulary.data import columns, read
from cms.vocabulary.joined import joined
from cms.vocabulary.models import Topic

FOLDER = Path(__file__).parent


def load() -> None:
    if not Criterion.objects.exists():
        for order, item in enumerate(read(FOLDER / "criteria.yaml").values(), start=1):
            texts = columns(item["texts"], "name", "indicator")
            Criterion.objects.create(weight=item["weight"], sort_order=order, **texts)
    for slug, item in read(FOLDER / "bases.yaml").items():
        _add(slug, item)


def _add(slug: str, item: dict[str, Any]) -> None:
    texts = columns(item["texts"], "name", "description", "equipment")
    values = {
        "organisation": Organisation.objects.get(slug=item["organisation"]),
        "latitude": Decimal(item["latitude"]),
        "longitude": Decimal(item["longitude"]),
        "capacity": item["capacity"],
        "languages": joined(item["languages"]),
        "since": date.fromisoformat(item["since"]),
    }
    base, is_new = TrainingBase.objects.get_or_create(slug=slug, defaults=values | texts)
    if is_new:
        base.topics.set(Topic.objects.filter(slug__in=item["topics"]))
