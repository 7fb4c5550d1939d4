from typing import Any

from django import template
from django.template import Context

from courses.reports.files import FORMS
from courses.reports.registry import REPORTS
from courses.reports.words import as_address, words_of

register = template.Library()


@register.inclusion_tag("reports/take_along.html", takes_context=True)
def take_along(context: Context, name: str, subject: str = "") -> dict[str, Any]:
    """The files of a report as the page shows it, and a link to keep it."""
    report, behind = REPORTS[name], as_address(words_of(context["request"].GET))
    files = [(form.upper(), report.file_address(subject, form) + behind) for form in FORMS]
    return {"files": files, "save": report.keep_address(subject) + behind}
