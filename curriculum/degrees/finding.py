"""The directory of degrees: narrowed down by what people choose by, with counts."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.joined import holding, split
from cms.vocabulary.models import Topic
from cms.vocabulary.tongues import codes, tongue_name
from curriculum.degrees.models import DegreeProgramme

COLUMNS = {
    "level": "level",
    "kind": "kind",
    "mode": "mode",
    "region": "institution__region__slug",
    "topic": "topics__slug",
}
FACETS = ("level", "kind", "region", "language", "mode", "topic")


def chosen_in(parameters: QueryDict) -> dict[str, str]:
    given = {name: parameters.get(name, "").replace("\x00", "")[:40] for name in FACETS}
    return {name: value for name, value in given.items() if value}


def found_for(chosen: Mapping[str, str], leave_out: str = "") -> Any:
    rows = DegreeProgramme.objects.public().select_related("institution__region")
    for name, value in chosen.items():
        if name == leave_out:
            continue
        rows = (
            rows.filter(languages__contains=holding(value))
            if name == "language"
            else rows.filter(**{COLUMNS[name]: value})
        )
    return rows


def facets_of(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each facet with its values and how many programmes have them, given what is chosen in the others."""
    labels = {
        "level": _("Level"),
        "kind": _("Kind"),
        "region": _("Region"),
        "language": _("Language of teaching"),
        "mode": _("Form of study"),
        "topic": _("Topic"),
    }
    return [
        {
            "name": name,
            "label": labels[name],
            "chosen": chosen.get(name, ""),
            "values": _values(name, found_for(chosen, leave_out=name)),
        }
        for name in FACETS
    ]


def _values(name: str, rows: Any) -> list[tuple[str, str, int]]:
    """Label, value and number, each programme counted once for a value."""
    owners: dict[str, set[int]] = {}
    column = "languages" if name == "language" else COLUMNS[name]
    for value, pk in rows.order_by().values_list(column, "pk"):
        for one in [code for code in split(value) if code in codes()] if name == "language" else [value]:
            if one:
                owners.setdefault(one, set()).add(pk)
    labels = _labels(name, rows)
    found = [(str(labels[value]), value, len(pks)) for value, pks in owners.items()]
    return sorted(found, key=lambda entry: entry[1] if name == "level" else entry[0])


def _labels(name: str, rows: Any) -> Any:
    if name == "language":
        return {code: tongue_name(code) for code in codes()}
    if name == "topic":
        return {topic.slug: topic for topic in Topic.objects.all()}
    if name == "region":
        return {row.institution.region.slug: row.institution.region for row in rows if row.institution.region}
    return dict(
        {"level": DegreeProgramme.Level, "kind": DegreeProgramme.Kind, "mode": DegreeProgramme.Mode}[name].choices
    )
