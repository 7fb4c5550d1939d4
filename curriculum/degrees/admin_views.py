from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.tables.api import xlsx_stream
from cms.tables.reading import Unreadable
from curriculum.degrees.forms import ImportForm
from curriculum.degrees.importing.columns import columns
from curriculum.degrees.importing.rows import bring_in

PERMISSION = "degrees.add_degreeprogramme"


def why_unreadable(error: Unreadable) -> str:
    sentences = {
        "too-large": _("The file is too large."),
        "empty": _("The file is empty."),
        "no-rows": _("The file has a header and nothing below it."),
        "no-text": _("The file is neither XLSX nor CSV in UTF-8 or GB18030. Save it again as one of these."),
        "no-workbook": _("The workbook cannot be opened. Save it again as XLSX, without a password."),
        "bomb": _("The workbook unpacks to far more than a table needs. It was not opened."),
        "broken-line": _("Line %(line)s cannot be read: a quotation mark is missing, or a cell is too long."),
        "too-many-columns": _("Line %(line)s has %(columns)s columns, more than %(most)s. Delete the rest."),
        "too-many-rows": _("The file has more than %(most)s rows. Split it and upload the parts."),
        "column-missing": _("These columns are missing: %(columns)s. The first row names the columns."),
        "merged": _(
            "Cells are merged, the first at %(place)s. In merged cells nobody can tell to which row a value belongs: "
            "take the merging away, fill in every cell, and upload the file again. Nothing was taken."
        ),
    }
    return sentences[error.code] % error.values


def bring_in_degrees(request: HttpRequest) -> HttpResponse:
    """Takes a workbook and shows what became of each of its rows."""
    if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied
    form = ImportForm(request.POST or None, request.FILES or None)
    reports = []
    if request.method == "POST" and form.is_valid():
        try:
            reports = bring_in(form.cleaned_data["file"].read(), signed_in(request))
        except Unreadable as error:
            form.add_error("file", why_unreadable(error))
    words = {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged"), "refused": _("refused")}
    context = {
        "form": form,
        "reports": [(report, words[report.outcome]) for report in reports],
        "counts": [(text, sum(one.outcome == name for one in reports)) for name, text in words.items()],
        "page_title": _("Import degree programmes"),
    }
    return render(request, "degrees/admin/import.html", context)


def template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the columns in the reader's language."""
    if not request.user.has_perm(PERMISSION):  # type: ignore[union-attr]
        raise PermissionDenied
    header = [str(column.label) for column in columns()]
    return xlsx_stream("degrees.xlsx", "degrees", header, [], count=0, right_to_left=get_language_bidi())
