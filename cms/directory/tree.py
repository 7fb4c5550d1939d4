"""Putting organisations into their place; treebeard keeps the tree, and whoever depends on it is told."""

from collections.abc import Iterable

from django.db import transaction

from cms.directory.models import Organisation
from cms.directory.signals import moved


def tops_of(units: Iterable[Organisation]) -> list[Organisation]:
    """Those of some units, in the order of the tree, that none of the others is above."""
    tops: list[Organisation] = []
    for unit in units:
        if not (tops and unit.path.startswith(tops[-1].path)):
            tops.append(unit)
    return tops


@transaction.atomic
def place(organisation: Organisation, parent: Organisation | None) -> None:
    """Saves an organisation, new or not, as a part of ``parent``; of none where it is ``None``."""
    if not organisation.pk:
        if parent:
            parent.add_child(instance=organisation)
        else:
            Organisation.add_root(instance=organisation)
        return
    organisation.save()
    if parent == organisation.get_parent():
        return
    if parent:
        organisation.move(parent, pos="last-child")
    else:
        organisation.move(Organisation.get_last_root_node(), pos="right")
    organisation.refresh_from_db()
    moved.send(Organisation, organisation=organisation)
