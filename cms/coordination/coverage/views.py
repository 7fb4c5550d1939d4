from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.accounts.api import signed_in
from cms.coordination.coverage.matrix import Coverage, coverage
from cms.coordination.models import sees_everything
from cms.directory.models import Organisation
from cms.tables.api import xlsx_response
from cms.typeset.api import TypesettingError, render_pdf, typst_language

TEMPLATE = Path(__file__).parent.parent / "typst" / "coverage.typ"


def _check(request: HttpRequest) -> None:
    """For editors, and for those who see people of any body; numbers only, of the whole platform."""
    user = signed_in(request)
    if not sees_everything(user) and not Organisation.objects.visible_to(user).exists():
        raise Http404


@never_cache
@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    _check(request)
    return render(request, "coordination/coverage.html", {"coverage": coverage()})


@never_cache
@login_required
@require_safe
def file(request: HttpRequest, suffix: str) -> HttpResponseBase:
    _check(request)
    found = coverage()
    name = f"coverage-{timezone.localdate():%Y-%m-%d}"
    if suffix == "xlsx":
        return xlsx_response(
            f"{name}.xlsx", _("Coverage"), found.header(), found.table(), right_to_left=get_language_bidi()
        )
    if suffix != "pdf":
        raise Http404
    try:
        content = render_pdf(TEMPLATE, _data(found), when=datetime.now(UTC), is_kept=False)
    except TypesettingError as error:
        return HttpResponse(str(error), status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'},
    )


def _data(found: Coverage) -> dict[str, Any]:
    gaps = ngettext("%(count)d gap", "%(count)d gaps", found.gaps) % {"count": found.gaps}
    return {
        "lang": typst_language(get_language() or "en"),
        "title": _("Coverage of the strategy"),
        "author": "Imprint",
        "about": f"{date_format(timezone.localdate(), 'DATE_FORMAT')} · {gaps}",
        "groups": [[str(label), number] for label, number in found.groups],
        "measure": _("Measure"),
        "header": [str(column.label) for column in found.columns],
        "rows": [[str(row.measure), [str(count) for count in row.counts]] for row in found.rows],
    }
