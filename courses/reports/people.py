"""The people of a plan, and the people who may take a course."""

from collections import Counter
from collections.abc import Collection

from django.db.models import Count

from cms.accounts.models import User
from cms.directory.models import Membership, MembershipQuerySet
from courses.reports.paging import ByUnit
from courses.reports.scope import Scope
from courses.reports.standing import counts_by_unit
from courses.training.models import Obligation, ObligationQuerySet


class People(ByUnit[Obligation]):
    """Those of ``rows`` who stand in one of ``statuses`` (in any, if none is named), by unit and name.

    ``counts`` says how many stand in each status, whatever was asked for. One query; each page is another.
    """

    rows: ObligationQuerySet

    def __init__(self, rows: ObligationQuerySet, scope: Scope, statuses: Collection[str] = ()) -> None:
        self.counts: Counter[str] = Counter()
        in_unit: Counter[int] = Counter()
        for (unit, status), people in counts_by_unit(rows).items():
            self.counts[status] += people
            if not statuses or status in statuses:
                in_unit[unit] += people
        rows = rows.in_status(*statuses) if statuses else rows.with_status()
        rows = rows.select_related("learner", "organisation").order_by("organisation__path", "learner__name", "pk")
        super().__init__(rows, scope, in_unit)


def memberships_of(scope: Scope) -> MembershipQuerySet:
    """The memberships of those who learn in the scope today, by unit and name."""
    gone = User.objects.filter(is_active=False).order_by().values("pk")
    rows = Membership.objects.learners().in_force().filter(organisation__in=scope.pks).exclude(user__in=gone)
    return rows.select_related("user", "organisation").order_by("organisation__path", "user__name", "pk")


def learners_of(scope: Scope) -> ByUnit[Membership]:
    """The same, page by page. One query; each page is another."""
    rows = memberships_of(scope)
    counted = rows.order_by().values("organisation_id").annotate(people=Count("pk"))
    counts = {row["organisation_id"]: row["people"] for row in counted}
    return ByUnit(rows, scope, counts)
