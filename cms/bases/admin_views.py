from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.accounts.api import signed_in
from cms.bases.judging import NotReady, publish, weighted
from cms.bases.models import Evaluation


def publish_evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """What will be public, and what is still missing; published once, it stays."""
    if not request.user.has_perm("bases.change_evaluation"):  # type: ignore[union-attr]
        raise PermissionDenied
    evaluation = get_object_or_404(Evaluation.objects.select_related("base"), pk=pk)
    problems = [] if evaluation.is_published else evaluation.problems()
    if request.method == "POST":
        try:
            publish(evaluation, signed_in(request))
        except NotReady as error:
            problems = error.problems
        else:
            messages.success(request, _("The evaluation is published."))
            return redirect("bases_admin:publish", pk)
    context = {
        "evaluation": evaluation,
        "problems": problems,
        "score": evaluation.score if evaluation.is_published else weighted(evaluation),
        "scores": evaluation.scores.select_related("criterion"),
        "page_title": str(evaluation),
    }
    return render(request, "bases/admin/publish.html", context)
