"""How each room says what it stores about people: named by model, so that nobody has to know the rooms.

A room’s ``personal.py`` has ``KINDS``; settings list them (``IMPRINT_PERSONAL_DATA``). A test asks every model that
leads to a person for its kind.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

KEEP, DELETE, BLANK = "keep", "delete", "blank"


@dataclass(frozen=True)
class Kind:
    """One model that holds data about people.

    ``of`` are lookups that lead from a row to the person: to the account, or, ending in ``email``, to an address.
    On erasure the rows are deleted, blanked (``blank`` has the fields and what they become), or kept because the law
    or others’ rights ask for it; kept rows lead to an account without a name. ``days`` after ``age`` they are deleted
    or blanked in any case (``when_old``). ``files`` are taken away with either, and ``forget`` is called for each row.
    ``hidden`` fields are not told to the person: they are about others, or secrets.
    """

    model: str
    of: tuple[str, ...]
    on_erasure: str = DELETE
    blank: dict[str, Any] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    days: int = 0
    age: str = ""
    when_old: str = DELETE
    files: tuple[str, ...] = ()
    forget: Callable[[Any], None] | None = None
