"""What a report is about: the organisations that the reader may see, or one unit of them with all below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.directory.tree import tops_of


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
    def heads(self) -> list[Organisation]:
        """The units that it is about, without those below them."""
        return [self.chosen] if self.chosen else list(self.tops)

    @property
    def label(self) -> str:
        return " · ".join(str(unit) for unit in self.heads)

    @cached_property
    def parts(self) -> list[Organisation]:
        """What is compared: the units directly below the chosen one, or the tops if there are several."""
        if self.chosen is None and len(self.tops) > 1:
            return list(self.tops)
        depth = len((self.chosen or self.tops[0]).path) + Organisation.steplen
        return [unit for unit in self.units if len(unit.path) == depth]

    @cached_property
    def part_of(self) -> dict[int, Organisation]:
        """The part that each unit belongs to, by primary key; what belongs to none is the chosen one's own."""
        heads = {part.path: part for part in self.parts}
        own = self.chosen or self.tops[0]
        return {unit.pk: next((heads[p] for p in _line(unit) if p in heads), own) for unit in self.units}


def _line(unit: Organisation) -> Iterator[str]:
    """The paths of a unit and of all above it."""
    return (unit.path[:length] for length in range(len(unit.path), 0, -Organisation.steplen))


def scope_of(user: User, slug: str = "") -> Scope:
    """What a reader sees, or the unit with this slug in it. 404 for a unit that they may not see, or that is none."""
    units = list(Organisation.objects.visible_to(user))
    if not units:
        raise Http404
    tops = tops_of(units)
    chosen = next((unit for unit in units if unit.slug == slug), None) if slug else None
    if slug and chosen is None:
        raise Http404
    if chosen:
        units = [unit for unit in units if unit.path.startswith(chosen.path)]
    return Scope(tuple(units), tuple(tops), chosen)


def in_scope(scope: Scope) -> Q:
    """Rows of the scope's organisations."""
    return Q(organisation__in=scope.pks)
