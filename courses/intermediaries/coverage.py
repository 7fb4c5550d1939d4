"""Intermediaries who may act today, as a figure of the coverage matrix."""

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cms.vocabulary.coverage import Column, Counts
from courses.intermediaries.models import RegisterEntry


def _active(since: date, language: str) -> Counts:
    rows = RegisterEntry.objects.active().filter(track__measures__isnull=False)
    return dict(rows.order_by().values_list("track__measures").annotate(Count("pk", distinct=True)))


INTERMEDIARIES = Column("people", _("Intermediaries on the register"), _active)
