"""A person's own map: what of a framework they have shown, by what, and what the next level still asks."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.utils import timezone
from django.utils.translation import get_language

from cms.accounts.models import User
from cms.competences.matrix import Matrix, matrix_of
from cms.competences.models import Competence, Descriptor, Framework, Level
from courses.catalogue.models import Course
from courses.competence_map.models import CompetenceEvidence
from courses.credentials.models import Certificate


@dataclass(frozen=True)
class Shown:
    """One thing that shows a competence at a level."""

    title: str
    day: date
    code: str = ""  # of the certificate, for whoever wants to verify it


@dataclass
class Cell:
    """A competence at a level. ``is_implied``: a higher level of the same competence is shown."""

    level: Level
    descriptor: Descriptor
    shown: list[Shown] = field(default_factory=list)
    is_implied: bool = False

    @property
    def is_reached(self) -> bool:
        return bool(self.shown) or self.is_implied


@dataclass
class Map:
    """``level`` is the highest that the person has reached in all competences, ``missing`` what the next one asks."""

    framework: Framework
    rows: list[tuple[Competence, list[Cell]]]
    level: Level | None
    next_level: Level | None
    missing: list[Descriptor]

    @property
    def cells(self) -> list[Cell]:
        return [cell for _competence, cells in self.rows for cell in cells]


def map_of(person: User, framework: Framework) -> Map:
    """Worked out anew from certificates that were not taken back and evidence that was recognised."""
    matrix = matrix_of(framework)
    shown = _shown_by(person, {cell.pk for cell in matrix.descriptors})
    rows = []
    for row in matrix.rows:
        pairs = zip(matrix.levels, row.cells, strict=True)
        cells = [Cell(level, cell, shown.get(cell.pk, [])) for level, cell in pairs if cell is not None]
        for lower, higher in reversed(list(pairwise(cells))):
            lower.is_implied = higher.is_reached
        rows.append((row.competence, cells))
    reached = {cell.descriptor.pk for _competence, cells in rows for cell in cells if cell.is_reached}
    level, next_level, missing = _standing(matrix, reached)
    return Map(framework, rows, level, next_level, missing)


def _standing(matrix: Matrix, reached: set[int]) -> tuple[Level | None, Level | None, list[Descriptor]]:
    """The highest level without a gap, the one after it, and what of that is missing."""
    held: Level | None = None
    for level in matrix.levels:
        wanted = matrix.wanted_at(level.number)
        missing = [descriptor for descriptor in wanted if descriptor.pk not in reached]
        if missing or not wanted:
            return held, level, missing
        held = level
    return held, None, []


def _shown_by(person: User, descriptors: set[int]) -> dict[int, list[Shown]]:
    found: dict[int, list[Shown]] = {}
    certificates = _certificates(person)
    links = Course.develops.through.objects.filter(descriptor_id__in=descriptors, course_id__in=certificates)
    for descriptor, course in links.values_list("descriptor_id", "course_id"):
        found.setdefault(descriptor, []).append(certificates[course])
    for one in CompetenceEvidence.objects.of(person).recognised().filter(descriptor_id__in=descriptors):
        found.setdefault(one.descriptor_id, []).append(Shown(one.title, one.done_on))
    return found


def _certificates(person: User) -> dict[int, Shown]:
    """The latest certificate of each course that the person completed."""
    held = Certificate.objects.of(person).filter(revocation__isnull=True).select_related("enrolment")
    return {
        one.enrolment.course_id: Shown(
            one.course_title(get_language() or "en"), timezone.localdate(one.issued_at), one.printed_code
        )
        for one in held.order_by("issued_at")
    }
