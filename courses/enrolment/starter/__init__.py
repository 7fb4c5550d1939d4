"""Two training plans that the starter's courses count for."""

from pathlib import Path

import yaml

from cms.vocabulary.data import columns
from cms.vocabulary.models import Audience, Topic
from courses.catalogue.models import Course
from courses.enrolment.models import TrainingPlan

FILE = Path(__file__).with_name("plans.yaml")


def load() -> None:
    for item in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        if TrainingPlan.objects.filter(slug=item["slug"]).exists():
            continue
        texts = {code: {"title": title} for code, title in item["title"].items()}
        plan = TrainingPlan(slug=item["slug"], year=item["year"], hours=item["hours"], **columns(texts, "title"))
        plan.audiences = Audience.objects.filter(slug__in=item["audiences"])
        plan.courses = Course.objects.filter(slug__in=item["courses"])
        plan.topics = Topic.objects.filter(slug__in=item["topics"])
        plan.save()
