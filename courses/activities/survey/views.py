from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.activities.place import Place, own_place
from courses.activities.recording import tell_at
from courses.activities.survey.forms import SurveyForm
from courses.activities.survey.models import SurveyAnswer
from courses.records.api import Verb


@login_required
@require_POST
def send(request: HttpRequest, enrolment: UUID, number: int) -> HttpResponse:
    """Stores the answers without a name, once per learner, and records that they took part."""
    place = own_place(request, enrolment, number, "survey")
    form = SurveyForm(place.activity.survey_questions.all(), request.POST)
    if not form.is_valid():
        return render(request, place.kind.template, {"place": place, "form": form}, status=400)
    if _store(place, form.cleaned_data):
        messages.success(request, _("Thank you. Your answers are stored without your name."))
    else:
        messages.info(request, _("You have answered this survey before. Your first answers count."))
    return redirect(place.url)


@transaction.atomic
def _store(place: Place, answers: dict[str, str]) -> bool:
    """Whether the answers were stored: the record says whether the learner has answered before."""
    if not tell_at(place, Verb.RESPONDED, f"responded:{place.activity.key}").is_new:
        return False
    SurveyAnswer.objects.create(
        activity_key=place.activity.key,
        answers={key: answer for key, answer in answers.items() if answer},
        language=get_language() or "en",
        given_on=timezone.localdate(),
    )
    return True
