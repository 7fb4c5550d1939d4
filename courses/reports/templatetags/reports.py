from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.http import urlencode

from courses.reports.files import FORMS
from courses.reports.registry import REPORTS, WORDS

register = template.Library()


@register.inclusion_tag("reports/take_along.html", takes_context=True)
def take_along(context: Context, name: str, subject: str = "") -> dict[str, Any]:
    """The files of a report as the page shows it, and a link to keep it."""
    query = context["request"].GET
    words = urlencode({word: query[word] for word in WORDS if word in query})
    behind = f"?{words}" if words else ""
    report = REPORTS[name]
    files = [(form.upper(), report.file_address(subject, form) + behind) for form in FORMS]
    return {"files": files, "save": reverse("reports:save", args=[name, subject or "all"]) + behind}
