"""An administrator's organisations: their units, and who has which role in them."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, ProtectedError, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.models import User
from cms.accounts.offices import who_administers
from cms.administration.forms import RoleForm, UnitForm
from cms.directory.models import Membership, Organisation
from cms.directory.roles import SEEING, Role, holds, today
from cms.directory.tree import tops_of
from cms.privacy.access import saw_each
from cms.privacy.models import Access

UNITS_PER_PAGE = 100


@login_required
@never_cache
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The bodies that the reader administers; where it is one, straight to it."""
    user = who_administers(request)
    tops = tops_of(Organisation.objects.administered_by(user))
    if len(tops) == 1:
        return redirect("administration:unit", tops[0].slug)
    return render(request, "administration/organisations.html", {"tops": tops})


def _unit(user: User, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.administered_by(user), slug=slug)


@login_required
@never_cache
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """One unit: what is below it, who has a role in it, and a form to give one."""
    user = who_administers(request)
    found = _unit(user, slug)
    form = RoleForm(request.POST or None, instance=Membership(organisation=found))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The role is given."))
        return redirect("administration:unit", slug)
    roles = _roles(found)
    saw_each(user, Access.What.PEOPLE, [role.user for role, _is_over in roles])
    learning = Count("memberships", filter=Q(memberships__role=Role.LEARNER) & holds(through="memberships__"))
    below = found.get_children().annotate(learners=learning)
    administered = Organisation.objects.administered_by(user)
    context = {
        "unit": found,
        "seal_alt": _("Seal of %(organisation)s") % {"organisation": found},
        "above": administered.filter(pk__in=[body.pk for body in found.get_ancestors()]),
        "below": Paginator(below, UNITS_PER_PAGE).get_page(request.GET.get("page")),
        "learners": Membership.objects.learners().in_force().filter(organisation=found).count(),
        "roles": roles,
        "form": form,
    }
    return render(request, "administration/unit.html", context, status=400 if form.errors else 200)


def _roles(found: Organisation) -> list[tuple[Membership, bool]]:
    """Who has, had, or will have a role here, and whether it is over: those that are over last."""
    rows = Membership.objects.filter(organisation=found, role__in=SEEING).select_related("user", "organisation")
    roles = [(row, row.ends_on is not None and row.ends_on < today()) for row in rows]
    return sorted(roles, key=lambda role: (role[1], role[0].role, role[0].user.name))


@login_required
@never_cache
def new_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Makes a unit below another."""
    user = who_administers(request)
    above = _unit(user, slug)
    fresh = Organisation(kind=above.kind, region=above.region, time_zone=above.time_zone)
    form = UnitForm(
        request.POST or None, request.FILES or None, instance=fresh, administrator=user, initial={"parent": above}
    )
    return _unit_form(request, form, above)


@login_required
@never_cache
def change_unit(request: HttpRequest, slug: str) -> HttpResponse:
    user = who_administers(request)
    found = _unit(user, slug)
    form = UnitForm(request.POST or None, request.FILES or None, instance=_unit(user, slug), administrator=user)
    return _unit_form(request, form, found)


def _unit_form(request: HttpRequest, form: UnitForm, back: Organisation) -> HttpResponse:
    """``back`` is the unit from which the reader came."""
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("The unit is saved."))
        return redirect("administration:unit", saved.slug)
    context = {"form": form, "back": back}
    return render(request, "administration/change.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def delete_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes away a unit that has no history: no people, no units below it, nothing earned in it."""
    user = who_administers(request)
    found = _unit(user, slug)
    if found.get_children_count():
        messages.error(request, _("Only a unit with nothing below it can be deleted."))
        return redirect("administration:unit", slug)
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        messages.error(
            request, _("People belong or belonged to this unit. Its history stays, so it cannot be deleted.")
        )
        return redirect("administration:unit", slug)
    messages.success(request, _("The unit is deleted."))
    return redirect("administration:organisations")


@login_required
@require_POST
def end_role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ends a role yesterday; one that began today or has not begun is taken away. Nobody ends their own, and what is
    over stays as it was."""
    user = who_administers(request)
    found = _unit(user, slug)
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=today())
    row = get_object_or_404(Membership, lasting, pk=pk, organisation=found, role__in=SEEING)
    if row.user_id == user.pk:
        messages.error(request, _("Somebody else ends your own role: nobody locks themselves out."))
    elif row.starts_on >= today():
        row.delete()
        messages.success(request, _("The role is taken back."))
    else:
        row.ends_on = today() - timedelta(days=1)
        row.save()
        messages.success(request, _("The role is ended."))
    return redirect("administration:unit", slug)
