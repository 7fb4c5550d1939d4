"""Letters with a report: in the morning where the reader is, once, and only what the reader may see."""

import logging
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.accounts.models import User
from cms.correspondence.mail import Attachment, absolute, send
from cms.privacy.access import saw_people_of
from cms.privacy.models import Access
from cms.typeset.api import TypesettingError
from courses.reports.files import content_of
from courses.reports.models import Delivery, SavedReport
from courses.reports.registry import REPORTS
from courses.training.reminding.mailing import is_quiet

logger = logging.getLogger(__name__)
ONE_DAY = timedelta(days=1)
MOST_ATTACHED = 20_000  # rows; a longer table is fetched from the page


def send_due(now: datetime | None = None) -> int:
    """Sends what is due; returns how many letters. What the mail server refuses waits for the next run."""
    now = now or timezone.now()
    latest = max(timezone.localdate(now, ZoneInfo(zone)) for zone in ("UTC", "Pacific/Kiritimati"))
    due = SavedReport.objects.due(latest).select_related("owner").prefetch_related("readers")
    return sum(_try(saved, now) for saved in due)


def _try(saved: SavedReport, now: datetime) -> int:
    """One report that breaks holds up no other."""
    try:
        return _send_one(saved, now)
    except Exception:
        logger.exception("Report %s was not sent.", saved.pk)
        return 0


def _send_one(saved: SavedReport, now: datetime) -> int:
    today = timezone.localdate(now, ZoneInfo(saved.owner.time_zone))
    if saved.next_on is None or saved.next_on > today:
        return 0
    due_on, sent, waits = saved.next_on, 0, False
    for reader in [saved.owner, *saved.readers.all()]:
        if is_quiet(reader, now):
            waits = True
            continue
        try:
            sent += _deliver(saved, reader, due_on)
        except OSError:
            waits = True
    if not waits:
        saved.plan_next(max(today, due_on) + ONE_DAY)
        saved.save(update_fields=["next_on", "problem"])
    return sent


def _deliver(saved: SavedReport, reader: User, due_on: date) -> bool:
    """One letter. False where it was sent before, or the reader may not see it any more."""
    with transaction.atomic():
        delivery, is_new = Delivery.objects.get_or_create(report=saved, reader=reader, due_on=due_on)
    if not is_new or not reader.is_active:
        return False
    try:
        return send_to(saved, reader)
    except OSError:
        delivery.delete()
        raise


def send_to(saved: SavedReport, reader: User) -> bool:
    """One letter now. False where the reader may not see it (any more), or it cannot be made; ``problem`` of the
    report says so when the reader is the owner. Raises ``OSError`` where the mail server does not take it."""
    report = REPORTS[saved.report]
    problem, attachments = "", list[Attachment]()
    with override(reader.preferred_language), timezone.override(ZoneInfo(reader.time_zone)):
        try:
            table, scope = report.made_for(reader, saved.subject, saved.query, saved.form)
            if table.count <= MOST_ATTACHED:
                attachments = [content_of(table, saved.form, saved.subject or saved.report)]
        except Http404:
            problem = _("What it is about is not there any more, or you may not see it any more.")
        except TypesettingError as error:
            problem = str(error)
        address = absolute(report.address(saved.subject) + saved.words)
        kept = absolute(reverse("reports:saved"))
    if reader.pk == saved.owner_id:
        saved.problem = problem[:200]
        saved.save(update_fields=["problem"])
    if problem:
        return False
    if report.has_people and attachments:
        saw_people_of(reader, Access.What.EXPORT, scope.heads)
    context = {"saved": saved, "table": table, "reader": reader, "address": address, "kept": kept}
    context |= {"is_attached": bool(attachments), "is_own": reader.pk == saved.owner_id}
    send(reader.email, reader.preferred_language, "reports/letter.txt", context, attachments=attachments)
    return True
