"""What a report is about: the organisations that the reader may see, or one unit of them with all below it."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from cms.directory.roles import SEEING


@dataclass(frozen=True)
class Scope:
    """``units`` are all organisations in the tree's order; ``tops`` are those that none of the others is above."""

    units: tuple[Organisation, ...]
    tops: tuple[Organisation, ...]
    chosen: Organisation | None

    @property
    def pks(self) -> list[int]:
        return [unit.pk for unit in self.units]

    @property
    def parts(self) -> list[Organisation]:
        """What is compared: the units directly below the chosen one, or the tops if there are several."""
        if self.chosen is None and len(self.tops) > 1:
            return list(self.tops)
        top = self.chosen or self.tops[0]
        return [unit for unit in self.units if len(unit.path) == len(top.path) + Organisation.steplen]

    def part_of(self, unit: Organisation) -> Organisation:
        """The part that a unit belongs to; what belongs to none is the chosen one's own."""
        return next((part for part in self.parts if unit.path.startswith(part.path)), self.chosen or self.tops[0])


def scope_of(request: HttpRequest, user: User) -> Scope:
    """The scope of a request. 404 for a unit that the reader may not see, or that is none."""
    units = list(Organisation.objects.visible_to(user))
    if not units:
        raise Http404
    held = Membership.objects.in_force().filter(user=user, role__in=SEEING).values_list("organisation__path", flat=True)
    paths = set(held)
    tops = [
        unit
        for unit in units
        if unit.path in paths and not any(unit.path != p and unit.path.startswith(p) for p in paths)
    ]
    slug = request.GET.get("unit", "")
    chosen = next((unit for unit in units if unit.slug == slug), None) if slug else None
    if slug and chosen is None:
        raise Http404
    if chosen:
        units = [unit for unit in units if unit.path.startswith(chosen.path)]
    return Scope(tuple(units), tuple(tops), chosen)


def in_scope(scope: Scope) -> Q:
    """Rows of the scope's organisations."""
    return Q(organisation__in=scope.pks)
