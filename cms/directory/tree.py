"""Putting organisations into their place; treebeard keeps the tree, and whoever depends on it is told."""

from django.db import transaction

from cms.directory.models import Organisation
from cms.directory.signals import moved


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
