"""What authors do with a question bank beside editing it: take it out, bring it in, see how its questions do."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cms.tables.api import XLSX
from courses.assessment.analysis import LEAST, analyse
from courses.assessment.exchange import gift, xlsx
from courses.assessment.exchange.rows import BankRefused, rows_of, store
from courses.assessment.models import QuestionBank

PERMISSION = "assessment.change_question"
MOST_BYTES = 5 * 1024 * 1024
PROBLEMS_SHOWN = 50


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File (XLSX or GIFT)"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of a GIFT file"), choices=settings.LANGUAGES, initial="en"
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".xlsx", ".gift", ".txt")):
            raise forms.ValidationError(_("Upload an XLSX file, or a GIFT file that ends in .gift or .txt."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB. Divide it."))
        return file


def _bank(request: HttpRequest, pk: int) -> QuestionBank:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return get_object_or_404(QuestionBank, pk=pk)


def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank's item analysis, and the ways in and out."""
    found = _bank(request, pk)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            stored = store(found, _read(form))
        except BankRefused as refused:
            problems = refused.problems
        else:
            text = _("%(added)s questions added, %(changed)s changed.")
            messages.success(request, text % {"added": stored.added, "changed": stored.changed})
            return redirect("assessment_admin:bank", found.pk)
    context = {
        "bank": found,
        "form": form,
        "problems": problems[:PROBLEMS_SHOWN],
        "items": analyse(found, get_language() or "en"),
        "least": LEAST,
        "languages": settings.LANGUAGES,
    }
    return render(request, "assessment/admin/bank.html", context, status=400 if problems else 200)


def _read(form: ImportForm) -> list[Any]:
    file = form.cleaned_data["file"]
    content = file.read()
    if file.name.lower().endswith(".xlsx"):
        return xlsx.read(content)
    return gift.read(content, form.cleaned_data["language"])


def export_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank with every language."""
    found = _bank(request, pk)
    name = f'attachment; filename="{found.slug}.xlsx"'
    return HttpResponse(xlsx.write(rows_of(found)), content_type=XLSX, headers={"Content-Disposition": name})


def export_gift(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The bank in one language, for Moodle and others."""
    found = _bank(request, pk)
    text, left_out = gift.write(rows_of(found), language)
    if left_out:
        note = _("Left out, since GIFT has no form for a text with several gaps:")
        text += "".join(f"// {note} {row.key}\n" for row in left_out)
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.slug}-{language}.gift"'},
    )
