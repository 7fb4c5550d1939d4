"""What stands beside the activities' own pages: confirming, voting, the jury, results, files."""

import io
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cms.accounts.api import signed_in
from cms.accounts.links import value_of
from cms.artwork.designs import DESIGNS
from cms.artwork.formats import FORMATS
from cms.artwork.painting import Painter, Words
from cms.campaigns.participation.api import ask_for_vote, page_of
from cms.campaigns.participation.api import confirm as confirm_act
from cms.campaigns.participation.confirming import read_token
from cms.campaigns.participation.forms import ScoreForm, VoteForm
from cms.campaigns.participation.models import ContestPage, Entry, JuryScore, KnowledgeQuizPage
from cms.campaigns.participation.models.quizzes import RESULT
from cms.campaigns.sharing import share_links


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A look at the link does nothing: mail scanners look, too."""
    values = read_token(token)
    if request.method != "POST" and values:
        entry = Entry.objects.filter(pk=values[1]).first() if values[0] != "comment" else None
        return render(request, "participation/confirm.html", {"act": values[0], "entry": entry})
    outcome = confirm_act(token) if values else None
    return render(request, "participation/confirmed.html", {"outcome": outcome}, status=200 if outcome else 410)


# --- contests -----------------------------------------------------------------------------------------
def _contest(entry: Entry) -> ContestPage:
    page = page_of(entry.contest_key, ContestPage)
    if page is None:
        raise Http404
    return page  # type: ignore[no-any-return]


@never_cache
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One accepted entry, and the form to vote for it while the public votes."""
    shown = get_object_or_404(Entry.objects.accepted().select_related("licence"), pk=pk)
    page = _contest(shown)
    form = VoteForm(request) if page.is_voting else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            ask_for_vote(page, shown, form.cleaned_data["email"])
        except OSError:
            form.say_mail_failed()
        else:
            return render(request, "participation/vote_asked.html", {"entry": shown, "page": page})
    context = {"entry": shown, "page": page, "form": form}
    status = 400 if form is not None and form.errors else 200
    return render(request, "participation/entry.html", context, status=status)


@require_safe
def entry_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The file of an entry: for everybody once it is accepted, before that for jury and editors."""
    found = get_object_or_404(Entry, pk=pk)
    if found.state != Entry.State.ACCEPTED and not _may_see(request, found):
        raise Http404
    if not found.file:
        raise Http404
    kind = "image/jpeg" if found.kind == Entry.Kind.IMAGE else "application/pdf"
    response = FileResponse(
        found.file.open("rb"),
        content_type=kind,
        as_attachment=found.kind == Entry.Kind.PDF,
        filename=str(found.file.name),
    )
    # Whatever an upload holds, a browser must not run it in our name.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _may_see(request: HttpRequest, found: Entry) -> bool:
    user = request.user
    if not user.is_authenticated:
        return False
    return user.has_perm("participation.change_entry") or _is_juror(request, found.contest_key)


def _is_juror(request: HttpRequest, contest_key: UUID) -> bool:
    pages = ContestPage.objects.filter(translation_key=contest_key, live=True, jurors=signed_in(request))
    return pages.exists()


@never_cache
@login_required
def jury(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a juror scores: every entry that was looked at, each with the points one has given."""
    page = page_of(key, ContestPage)
    if page is None or not _is_juror(request, key):
        raise Http404
    entries = Entry.objects.filter(contest_key=key, state__in=[Entry.State.SUBMITTED, Entry.State.ACCEPTED])
    if request.method == "POST":
        return _score(request, key, entries)
    own = {score.entry_id: score for score in JuryScore.objects.filter(entry__in=entries, juror=signed_in(request))}
    rows = [(one, own.get(one.pk)) for one in entries]
    return render(request, "participation/jury.html", {"page": page, "rows": rows, "range": range(11)})


def _score(request: HttpRequest, key: UUID, entries: Any) -> HttpResponse:
    form = ScoreForm(request.POST)
    scored = get_object_or_404(entries, pk=request.POST.get("entry", ""))
    if form.is_valid():
        JuryScore.objects.update_or_create(
            entry=scored,
            juror=signed_in(request),
            defaults={"points": form.cleaned_data["points"], "remark": form.cleaned_data["remark"]},
        )
    return redirect(f"{request.path}#entry-{scored.pk}")


# --- quizzes ------------------------------------------------------------------------------------------
def _result(token: str) -> tuple[KnowledgeQuizPage, list[int]]:
    key, answers = value_of(RESULT, token) or (None, [])
    quiz = page_of(UUID(key), KnowledgeQuizPage) if key else None
    if quiz is None or len(answers) != len(quiz.questions):
        raise Http404
    return quiz, answers


@require_safe
def quiz_result(request: HttpRequest, token: str) -> HttpResponse:
    """How many were right, and why; the address can be passed on, and shows a card of the result."""
    quiz, answers = _result(token)
    rows = [
        {
            "question": block.value,
            "chosen": block.value["options"][answer],
            "right": block.value["options"][quiz.right_answer(block)],
        }
        for block, answer in zip(quiz.questions, answers, strict=True)
        if answer < len(block.value["options"])
    ]
    context = {
        "page": quiz,
        "rows": rows,
        "score": quiz.score(answers),
        "total": len(answers),
        "token": token,
        "share_links": share_links(quiz),
    }
    return render(request, "participation/quiz_result.html", context)


@require_safe
def quiz_card(request: HttpRequest, token: str) -> HttpResponse:
    """The result as a social card."""
    quiz, answers = _result(token)
    text = _("I got %(score)d of %(total)d. And you?") % {"score": quiz.score(answers), "total": len(answers)}
    words = Words(get_language() or "en", text, quiz.title, "", (), quiz.full_url or "")
    image = Painter(DESIGNS["mosaic"], quiz.slug, None, []).paint(words, FORMATS["card"])
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=6)
    return HttpResponse(stream.getvalue(), content_type="image/png", headers={"Cache-Control": "public, max-age=86400"})
