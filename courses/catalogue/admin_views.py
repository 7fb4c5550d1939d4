"""Where authors put a course together: its draft outline, and publishing it as a version."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cms.accounts.api import signed_in
from cms.vocabulary.models import LANGUAGE_COLUMNS
from courses.catalogue.kinds import kinds
from courses.catalogue.models import Activity, Course, CourseVersion, Module
from courses.catalogue.versions import changes, draft_modules, publish

PERMISSION = "catalogue.change_course"


class ModuleForm(forms.ModelForm):
    class Meta:
        model = Module
        fields = [f"title_{code}" for code in LANGUAGE_COLUMNS]


class VersionForm(forms.ModelForm):
    class Meta:
        model = CourseVersion
        fields = ["is_correction", *(f"note_{code}" for code in LANGUAGE_COLUMNS)]
        widgets = {f"note_{code}": forms.Textarea(attrs={"rows": 2}) for code in LANGUAGE_COLUMNS}


def _course(request: HttpRequest, pk: int) -> Course:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return get_object_or_404(Course.objects.select_related("current"), pk=pk)


def outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft: modules and activities in order, what each may be, and what changed since the last version."""
    course = _course(request, pk)
    found = changes(course)
    what = {change.activity.key: change.label for change in found}
    modules = [
        (module, [(activity, what.get(activity.key, "")) for activity in module.activities.all()])
        for module in draft_modules(course)
    ]
    context = {
        "course": course,
        "modules": modules,
        "removed": [change.activity for change in found if change.what == "removed"],
        "ways": [("up", _("Up")), ("down", _("Down"))],
        "kinds": list(kinds().values()),
        "versions": course.versions.order_by("-number")
        .select_related("published_by")
        .annotate(learners=Count("enrolments")),
    }
    return render(request, "catalogue/admin/outline.html", context)


def module(request: HttpRequest, pk: int, module: int | None = None) -> HttpResponse:
    """A module's title in every language; without a number it is a new one at the end."""
    course = _course(request, pk)
    last = course.modules.filter(version=None).aggregate(last=Max("sort_order"))["last"] or 0
    found = (
        get_object_or_404(course.modules.filter(version=None), pk=module)
        if module
        else Module(course=course, sort_order=last + 1)
    )
    form = ModuleForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("courses_admin:outline", course.pk)
    return render(request, "catalogue/admin/module.html", {"course": course, "module": found, "form": form})


@require_POST
def remove_module(request: HttpRequest, pk: int, module: int) -> HttpResponse:
    """Takes a module out of the draft. Versions that have it keep it."""
    course = _course(request, pk)
    found = get_object_or_404(course.modules.filter(version=None), pk=module)
    if found.activities.exists():
        messages.error(request, _("Remove or move the activities of this module first."))
    else:
        found.delete()
    return redirect("courses_admin:outline", course.pk)


@require_POST
def reorder(request: HttpRequest, pk: int, what: str, item: int, way: str) -> HttpResponse:
    """Moves a module or an activity of the draft one place up or down."""
    course = _course(request, pk)
    rows: dict[str, Any] = {
        "module": course.modules.filter(version=None).order_by("sort_order"),
        "activity": Activity.objects.filter(module__course=course, module__version=None).order_by("sort_order"),
    }
    if what not in rows or way not in {"up", "down"}:
        raise Http404
    found = get_object_or_404(rows[what], pk=item)
    siblings = rows[what].filter(module=found.module_id) if what == "activity" else rows[what]
    _swap(found, list(siblings), -1 if way == "up" else 1)
    return redirect("courses_admin:outline", course.pk)


@transaction.atomic
def _swap(found: Any, siblings: list[Any], step: int) -> None:
    place = siblings.index(found)
    other = siblings[place + step] if 0 <= place + step < len(siblings) else None
    if other is None:
        return
    rows = type(found).objects
    first, second = found.sort_order, other.sort_order
    # A free number in between: no two may have the same at any moment.
    rows.filter(pk=found.pk).update(sort_order=max(one.sort_order for one in siblings) + 1)
    rows.filter(pk=other.pk).update(sort_order=first)
    rows.filter(pk=found.pk).update(sort_order=second)


def publish_version(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft becomes a version: with what is new, and what those who move to it have to do again."""
    course = _course(request, pk)
    form = VersionForm(request.POST if request.method == "POST" else None)
    found = changes(course)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish(
                course,
                by=signed_in(request),
                notes={code: form.cleaned_data[f"note_{code}"] or "" for code in LANGUAGE_COLUMNS},
                is_correction=form.cleaned_data["is_correction"],
                redo=_keys(request),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Version %(number)s is on offer.") % {"number": version.number})
            return redirect("courses_admin:outline", course.pk)
    return render(request, "catalogue/admin/publish.html", {"course": course, "changes": found, "form": form})


def _keys(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(key) for key in request.POST.getlist("redo")]
    except ValueError as error:
        raise Http404 from error
