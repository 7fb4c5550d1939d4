"""Publishing a draft as a version, and what differs between the two."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from courses.catalogue.models import Activity, Course, CourseVersion, Module, has_texts

# What tells one copy of an activity from another without making it another activity.
BESIDE_THE_CONTENT = frozenset({"pk", "id", "module", "activity", "sort_order", "must_be_redone"})


@dataclass(frozen=True)
class Change:
    """How an activity of the draft differs from the version on offer: added, changed, unchanged or removed."""

    activity: Activity
    what: str

    @property
    def label(self) -> str:
        labels = {"added": _("new"), "changed": _("changed"), "removed": _("left out"), "unchanged": _("unchanged")}
        return str(labels[self.what])


def draft_modules(course: Course) -> list[Module]:
    """The modules that authors work on, with their activities."""
    return list(course.modules.filter(version=None).order_by("sort_order").prefetch_related("activities"))


def changes(course: Course) -> list[Change]:
    """Every activity of the draft, in order, and then those that the draft leaves out."""
    before = {activity.key: activity for activity in activities_of(course.current)} if course.current else {}
    draft = [activity for module in draft_modules(course) for activity in module.activities.all()]
    found = [Change(activity, _compare(before.get(activity.key), activity)) for activity in draft]
    kept = {activity.key for activity in draft}
    return found + [Change(activity, "removed") for key, activity in before.items() if key not in kept]


def _compare(before: Activity | None, now: Activity) -> str:
    if before is None:
        return "added"
    return "unchanged" if fingerprint(before) == fingerprint(now) else "changed"


def fingerprint(activity: Activity) -> str:
    """A digest of all that a learner may see of an activity, in every language."""
    with override("en"):
        data = _content(activity.serializable_data())
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _content(part) for name, part in value.items() if name not in BESIDE_THE_CONTENT}
    return [_content(part) for part in value] if isinstance(value, list) else value


def activities_of(version: CourseVersion) -> list[Activity]:
    """The activities of a version in the order in which they are done."""
    found = Activity.objects.filter(module__version=version).select_related("module")
    return list(found.order_by("module__sort_order", "sort_order"))


def outline_of(versions: Iterable[CourseVersion]) -> dict[UUID, list[Activity]]:
    """The activities of versions in their order, without the long texts that an outline does not show. One query."""
    found: dict[UUID, list[Activity]] = {version.pk: [] for version in versions}
    activities = Activity.objects.filter(module__version__in=found).select_related("module")
    for activity in activities.order_by("module__sort_order", "sort_order").defer("body", "captions", "transcript"):
        found[activity.module.version_id].append(activity)
    return found


@transaction.atomic
def publish(
    course: Course,
    *,
    by: User | None = None,
    notes: Mapping[str, str] | None = None,
    is_correction: bool = False,
    redo: Iterable[UUID] = (),
) -> CourseVersion:
    """The draft as it stands becomes a version and goes on offer; those who began another finish or move.

    ``notes`` say by language what is new; ``redo`` are the keys of activities that have to be done again after
    moving. Raises ``ValidationError`` for a draft without activities.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    modules = [module for module in draft_modules(course) if module.activities.all()]
    if not modules:
        raise ValidationError(gettext("Add a module with at least one activity before you publish the course."))
    last = course.versions.aggregate(last=Max("number"))["last"] or 0
    version = CourseVersion.objects.create(
        course=course,
        number=last + 1,
        **{f"note_{code.replace('-', '_')}": text for code, text in (notes or {}).items()},
        is_correction=is_correction and last > 0,
        credit_hours=course.credit_hours,
        published_by=by,
    )
    again = frozenset() if version.is_correction else frozenset(redo)
    for module in modules:
        _copy_module(module, version, again)
    _measure(version)
    course.current, course.is_published = version, True
    course.save()
    return version


def _copy_module(module: Module, version: CourseVersion | None, redo: frozenset[UUID]) -> None:
    twin = Module.objects.get(pk=module.pk)
    twin.pk, twin.version = None, version
    twin._state.adding = True
    twin.save()
    for activity in module.activities.all():
        copy_activity(activity, twin, must_be_redone=activity.key in redo)


def copy_activity(activity: Activity, module: Module, *, must_be_redone: bool = False) -> Activity:
    """The activity with all that its kind adds, as a row of another module."""
    twin = Activity.objects.get(pk=activity.pk)
    twin.pk, twin.module, twin.must_be_redone = None, module, must_be_redone
    twin._state.adding = True
    activity.copy_all_child_relations(twin)
    twin.save()
    return twin


def _measure(version: CourseVersion) -> None:
    """What the catalogue shows without opening every activity: the time it takes, and its languages."""
    activities = activities_of(version)
    modules = list(version.modules.all())
    version.minutes = sum(activity.minutes for activity in activities)
    version.languages = [
        code
        for code, _name in settings.LANGUAGES
        if all(has_texts(module, code, "title") for module in modules)
        and all(activity.is_translated_into(code) for activity in activities)
    ]
    version.save(update_fields=["minutes", "languages"])
