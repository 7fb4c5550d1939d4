"""A framework as rows of competences and columns of levels."""

from dataclasses import dataclass

from cms.competences.models import Competence, Descriptor, Framework, Level


@dataclass(frozen=True)
class Row:
    """A competence with a cell for each level; None where the framework says nothing."""

    competence: Competence
    cells: list[Descriptor | None]


@dataclass(frozen=True)
class Matrix:
    framework: Framework
    levels: list[Level]
    rows: list[Row]

    @property
    def descriptors(self) -> list[Descriptor]:
        return [cell for row in self.rows for cell in row.cells if cell is not None]

    def wanted_at(self, number: int) -> list[Descriptor]:
        """What a level asks: of each competence the highest descriptor up to it."""
        found = []
        for row in self.rows:
            up_to = [cell for cell in row.cells if cell is not None and cell.level.number <= number]
            found += up_to[-1:]
        return found


def matrix_of(framework: Framework) -> Matrix:
    """Three queries, whatever the framework's size."""
    levels = list(framework.levels.all())
    cells = {
        (cell.competence_id, cell.level_id): cell for cell in Descriptor.objects.filter(competence__framework=framework)
    }
    rows = [
        Row(competence, [cells.get((competence.pk, level.pk)) for level in levels])
        for competence in framework.competences.all()
    ]
    return Matrix(framework, levels, rows)
