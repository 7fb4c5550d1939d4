"""Four programmes of a demo university, to compare."""

from pathlib import Path
from typing import Any

from cms.directory.models import Organisation
from cms.vocabulary.data import columns, read
from cms.vocabulary.joined import joined
from cms.vocabulary.models import Topic
from curriculum.degrees.models import DegreeProgramme

FILE = Path(__file__).with_name("degrees.yaml")
PLAIN = ("kind", "level", "field_code", "mode", "months", "fee", "currency")


def load() -> None:
    for slug, item in read(FILE).items():
        if not DegreeProgramme.objects.filter(slug=slug).exists():
            _add(slug, item)


def _add(slug: str, item: dict[str, Any]) -> None:
    programme = DegreeProgramme.objects.create(
        slug=slug,
        institution=Organisation.objects.get(slug=item["institution"]),
        languages=joined(item["languages"]),
        **{name: item[name] for name in PLAIN},
        **columns(item["texts"], "title", "summary", "entry_rules", "scholarships"),
    )
    programme.topics.set(Topic.objects.filter(slug__in=item["topics"]))
