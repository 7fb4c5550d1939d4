"""Members of talent pools as a figure of the coverage matrix."""

from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cms.professionals.models import PoolMember
from cms.vocabulary.coverage import Column, Counts


def _members(since: date, language: str) -> Counts:
    current = PoolMember.objects.current().filter(pool__measures__isnull=False)
    return dict(current.order_by().values_list("pool__measures").annotate(Count("profile", distinct=True)))


POOLS = Column("people", _("Members of talent pools"), _members)
