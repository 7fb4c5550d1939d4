"""Each course as it stands becomes its first version, and a copy of it the draft that authors go on with."""

import uuid
from typing import Any

from django.core.files.storage import default_storage, storages
from django.db import migrations

from courses.catalogue.media import seconds_of

CODES = {"en": "en", "zh-hans": "zh_hans", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar"}


def publish_first_versions(apps: Any, editor: Any) -> None:
    activity = apps.get_model("catalogue", "Activity")
    for one in activity.objects.all():
        one.key = uuid.uuid4()
        _move_file(one)
        one.save()
    for course in apps.get_model("catalogue", "Course").objects.all():
        if course.modules.exists():
            _publish(apps, course)


def _move_file(activity: Any) -> None:
    """Films leave the public folder for the courses' own."""
    name = activity.media.name
    if name and default_storage.exists(name) and not storages["courses"].exists(name):
        with default_storage.open(name) as file:
            activity.media.name = storages["courses"].save(name, file)
            activity.media_seconds = seconds_of(file)


def _publish(apps: Any, course: Any) -> None:
    modules = list(course.modules.all())
    activities = [activity for module in modules for activity in module.activities.all()]
    version = apps.get_model("catalogue", "CourseVersion").objects.create(
        course=course,
        number=1,
        credit_hours=course.credit_hours,
        minutes=sum(activity.minutes for activity in activities),
        languages=[code for code, column in CODES.items() if all(_has_title(one, column) for one in activities)],
    )
    course.modules.update(version=version)
    course.current = version
    course.save()
    for module in modules:
        found = list(module.activities.all())
        _copy(module, version=None)
        for activity in found:
            _copy(activity, module=module)


def _has_title(activity: Any, column: str) -> bool:
    return bool(getattr(activity, f"title_{column}"))


def _copy(row: Any, **values: Any) -> None:
    """The row itself becomes its copy."""
    row.pk = None
    row._state.adding = True
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def withdraw_drafts(apps: Any, editor: Any) -> None:
    """Back: the first version's modules are the course's again; later versions and drafts have no place there."""
    apps.get_model("catalogue", "Module").objects.filter(version=None).delete()
    apps.get_model("catalogue", "Module").objects.filter(version__number__gt=1).delete()
    apps.get_model("catalogue", "Course").objects.update(current=None)
    apps.get_model("catalogue", "Module").objects.update(version=None)
    apps.get_model("catalogue", "CourseVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0004_versions")]

    operations = [migrations.RunPython(publish_first_versions, withdraw_drafts)]
