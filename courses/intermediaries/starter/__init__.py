"""Two qualification tracks to begin with, and the group of those who keep the register."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission

from cms.directory.models import Organisation
from cms.vocabulary.data import columns, read
from cms.vocabulary.models import StrategyMeasure, Topic
from courses.catalogue.models import Course
from courses.intermediaries.models import Paper, QualificationTrack

FILE = Path(__file__).with_name("tracks.yaml")
KEEPERS = "Register keepers"


def load() -> None:
    group, _created = Group.objects.get_or_create(name=KEEPERS)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="intermediaries", codename="change_registerentry")
    )
    for slug, item in read(FILE).items():
        if not QualificationTrack.objects.filter(slug=slug).exists():
            _add(slug, item)


def _add(slug: str, item: dict[str, Any]) -> None:
    track = QualificationTrack(
        slug=slug,
        authority=Organisation.objects.get(slug=item["authority"]),
        practice_hours=item["practice_hours"],
        continuing_hours=item["continuing_hours"],
        valid_months=item["valid_months"],
        **columns(item["texts"], "title", "description"),
    )
    track.courses = Course.objects.filter(slug__in=item["courses"])
    track.topics = Topic.objects.filter(slug__in=item["topics"])
    track.measures = StrategyMeasure.objects.filter(slug__in=item["measures"])
    track.papers = [
        Paper(
            sort_order=order, pass_points=paper["pass"], most_points=paper["most"], **columns(_titles(paper), "title")
        )
        for order, paper in enumerate(item["papers"], start=1)
    ]
    track.save()


def _titles(paper: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {code: {"title": title} for code, title in paper["title"].items()}
