"""A work plan for the demo."""

from pathlib import Path
from typing import Any

from cms.coordination.models import WorkItem, WorkPlan
from cms.directory.models import Organisation
from cms.vocabulary.data import columns, read
from cms.vocabulary.models import Audience, Region, StrategyMeasure

FOLDER = Path(__file__).parent


def load() -> None:
    """Nothing where the year has a plan already."""
    data = read(FOLDER / "plan.yaml")
    plan, is_new = WorkPlan.objects.get_or_create(year=data["year"])
    if is_new:
        for entry in data["items"]:
            _add(plan, entry)


def _add(plan: WorkPlan, entry: dict[str, Any]) -> None:
    titles = columns({code: {"title": title} for code, title in entry["title"].items()}, "title")
    item = WorkItem.objects.create(
        plan=plan,
        measure=StrategyMeasure.objects.get(slug=entry["measure"]),
        lead=Organisation.objects.get(slug=entry["lead"]),
        starts_on=entry["starts_on"],
        ends_on=entry["ends_on"],
        **titles,
    )
    item.co_leads.set(Organisation.objects.filter(slug__in=entry["co_leads"]))
    item.audiences.set(Audience.objects.filter(slug__in=entry["audiences"]))
    item.regions.set(Region.objects.filter(slug__in=entry["regions"]))
