"""Whoever was enrolled is in the first version of their course."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def enrol_in_versions(apps: Any, editor: Any) -> None:
    enrolments = apps.get_model("enrolment", "Enrolment").objects.filter(version=None)
    courses = apps.get_model("catalogue", "Course").objects.filter(pk=OuterRef("course"))
    enrolments.update(version=Subquery(courses.values("current")[:1]))


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0002_enrolment_version")]

    operations = [migrations.RunPython(enrol_in_versions, migrations.RunPython.noop)]
