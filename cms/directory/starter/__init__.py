"""A few organisations for the demo; their names say that they are invented."""

from pathlib import Path
from typing import Any

from cms.directory.models import Organisation
from cms.vocabulary.data import columns, read
from cms.vocabulary.models import Region

FOLDER = Path(__file__).parent


def load() -> None:
    for slug, entry in read(FOLDER / "organisations.yaml").items():
        if not Organisation.objects.filter(slug=slug).exists():
            _add(slug, entry)


def _add(slug: str, entry: dict[str, Any]) -> None:
    names = columns({code: {"name": name} for code, name in entry["name"].items()}, "name")
    region = Region.objects.filter(slug=entry.get("region")).first()
    organisation = Organisation(
        slug=slug, kind=entry["kind"], region=region, time_zone=entry.get("time_zone", "UTC"), **names
    )
    if parent := Organisation.objects.filter(slug=entry.get("part_of")).first():
        parent.add_child(instance=organisation)
    else:
        Organisation.add_root(instance=organisation)
