from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.campaigns.participation.models import ConsultationPage, ContestPage, Entry
from cms.tables.api import csv_response, xlsx_response
from cms.tables.workbook import Row


def export_comments(request: HttpRequest, pk: int, suffix: str) -> HttpResponse | FileResponse:
    """Every comment on a draft that was confirmed, article by article, with the reply: CSV or XLSX."""
    page = get_object_or_404(ConsultationPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    header = [
        _("Article"),
        _("Comment"),
        _("Name"),
        _("Organisation"),
        _("Language"),
        _("State"),
        _("Official reply"),
        _("Received"),
    ]
    return _table(request, "comments", page.title, header, _comments(page), suffix)


def _comments(page: ConsultationPage) -> list[Row]:
    order = {number: place for place, number in enumerate(["", *page.article_numbers])}
    found = page.comments.exclude(state="unconfirmed")
    ordered = sorted(found, key=lambda comment: (order.get(comment.article, len(order)), comment.created_at))
    return [
        [
            comment.article,
            comment.text,
            comment.name,
            comment.organisation,
            comment.language,
            comment.get_state_display(),
            comment.reply,
            f"{localtime(comment.created_at):%Y-%m-%d %H:%M}",
        ]
        for comment in ordered
    ]


def export_scores(request: HttpRequest, pk: int, suffix: str) -> HttpResponse | FileResponse:
    """Every entry that was looked at with the jury's average and the number of votes."""
    page = get_object_or_404(ContestPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    header = [_("Title"), _("Made by"), _("Category"), _("State"), _("Jury"), _("Votes"), _("Place"), _("Licence")]
    entries: Any = Entry.objects.filter(contest_key=page.translation_key).with_scores().select_related("licence")
    rows: list[Row] = [
        [
            entry.title,
            entry.creator,
            entry.category,
            entry.get_state_display(),
            round(float(entry.jury), 2) if entry.jury is not None else "",
            entry.votes,
            entry.rank or "",
            entry.licence.spdx or str(entry.licence),
        ]
        for entry in entries
    ]
    return _table(request, "entries", page.title, header, rows, suffix)


def _table(
    request: HttpRequest, name: str, title: str, header: Row, rows: list[Row], suffix: str
) -> HttpResponse | FileResponse:
    if suffix == "xlsx":
        return xlsx_response(f"{name}.xlsx", title, header, rows, right_to_left=get_language_bidi())
    return csv_response(f"{name}.csv", header, rows)
