"""The person's own map, the evidence that they hand in, and those who decide about it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.accounts.api import signed_in
from cms.accounts.offices import who_manages_people
from cms.competences.developing import offers_for
from cms.competences.models import Framework
from cms.directory.models import Organisation
from cms.documents.downloads import download
from cms.privacy.access import saw_person
from cms.privacy.models import Access
from cms.tables.api import xlsx_stream
from cms.typeset.api import TypesettingError
from courses.competence_map.export import header, level_text, map_pdf, rows
from courses.competence_map.forms import EvidenceForm, RecognitionForm
from courses.competence_map.mapping import map_of
from courses.competence_map.models import CompetenceEvidence
from courses.enrolment.api import home_of

MOST_WAITING = 20
PER_PAGE = 25


def _framework(slug: str) -> Framework:
    return get_object_or_404(Framework.objects.published(), slug=slug)


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The person's level in each profession that has a framework."""
    person = signed_in(request)
    maps = [map_of(person, framework) for framework in Framework.objects.published()]
    context = {"maps": [(one, level_text(one)) for one in maps]}
    return render(request, "competence_map/overview.html", context)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """What the person has shown, by what, and what would bring them to the next level."""
    person = signed_in(request)
    found = map_of(person, _framework(slug))
    offers = offers_for([descriptor.pk for descriptor in found.missing])
    context = {
        "map": found,
        "level_text": level_text(found),
        "missing": [(descriptor, offers.get(descriptor.pk, [])) for descriptor in found.missing],
        "evidence": CompetenceEvidence.objects.of(person)
        .filter(descriptor__competence__framework=found.framework)
        .select_related("descriptor__competence__framework", "descriptor__level"),
    }
    return render(request, "competence_map/mine.html", context)


@login_required
@never_cache
@require_safe
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """The map for a title evaluation, as PDF."""
    person = signed_in(request)
    try:
        pdf = map_pdf(person, map_of(person, _framework(slug)))
    except TypesettingError as error:
        return render(request, "credentials/not_drawn.html", {"error": error}, status=500)
    headers = {"Content-Disposition": f'inline; filename="competences-{slug}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@login_required
@never_cache
@require_safe
def workbook(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as rows."""
    found = list(rows(map_of(signed_in(request), _framework(slug))))
    return xlsx_stream(
        f"competences-{slug}.xlsx", slug, header(), found, count=len(found), right_to_left=get_language_bidi()
    )


@login_required
@never_cache
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """Hands in evidence, about which a coordinator of the person's organisation decides."""
    person, framework = signed_in(request), _framework(slug)
    home = home_of(person)
    if home is None:
        raise PermissionDenied(_("Evidence is recognised by your organisation, and you belong to none yet."))
    form = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        framework=framework,
        initial={"descriptor": request.GET.get("for", "")},
    )
    if request.method == "POST":
        if CompetenceEvidence.objects.of(person).waiting().count() >= MOST_WAITING:
            form.add_error(None, _("Too much of yours waits for a decision. Ask your coordinator first."))
        if form.is_valid():
            form.instance.learner, form.instance.organisation = person, home
            form.save()
            messages.success(request, _("Your coordinator will look at it. You are told here what they decide."))
            return redirect("competence_map:mine", slug)
    context = {"form": form, "framework": framework, "home": home}
    return render(request, "competence_map/evidence.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def proof(request: HttpRequest, pk: UUID) -> FileResponse:
    """The proof, as a download, for whoever handed it in and for those who decide."""
    person = signed_in(request)
    may_see = Q(learner=person) | Q(organisation__in=Organisation.objects.visible_to(person))
    found = get_object_or_404(CompetenceEvidence.objects.filter(may_see).select_related("learner"), pk=pk)
    saw_person(person, Access.What.WORK, found.learner)
    return download(found.proof, f"evidence-{found.pk}")


@login_required
@never_cache
@require_safe
def recognition(request: HttpRequest) -> HttpResponse:
    """Evidence of the reader's people that waits for a decision."""
    user = who_manages_people(request)
    waiting = CompetenceEvidence.objects.filter(organisation__in=Organisation.objects.managed_by(user)).waiting()
    related = ("learner", "organisation", "descriptor__competence__framework", "descriptor__level")
    page = Paginator(waiting.select_related(*related).order_by("asked_at"), PER_PAGE).get_page(request.GET.get("page"))
    for one in page:
        saw_person(user, Access.What.WORK, one.learner)
    return render(
        request,
        "competence_map/recognition.html",
        {"page": page, "rows": [(one, RecognitionForm(prefix=str(one.pk))) for one in page]},
    )


@login_required
@require_POST
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Recognises or declines, once; the first decision stays. Nobody decides about their own."""
    user = signed_in(request)
    managed = CompetenceEvidence.objects.filter(organisation__in=Organisation.objects.managed_by(user))
    found = get_object_or_404(managed, pk=pk)
    form = RecognitionForm(request.POST, prefix=str(found.pk))
    if found.learner_id == user.pk:
        messages.error(request, _("Somebody else decides about your own evidence."))
    elif not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    elif (
        managed.filter(pk=pk)
        .waiting()
        .update(
            state=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            decided_by=user,
            decided_at=timezone.now(),
        )
    ):
        messages.success(request, _("Decided. The person sees it now."))
    else:
        messages.info(request, _("Somebody else had decided already. Their decision counts."))
    return redirect("competence_map:recognition")
