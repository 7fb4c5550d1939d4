"""Telling the people concerned, once it is done. A mail server that is down undoes no decision: the page has it."""

import logging
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from cms.accounts.models import User
from cms.correspondence.mail import absolute, send
from cms.directory.models import Membership
from cms.directory.roles import Role
from courses.intermediaries.models import RegisterEntry

logger = logging.getLogger(__name__)


def tell(person: User, what: str, **context: Any) -> None:
    """One letter after the transaction; ``what`` names its words in the template."""
    if person.is_active:
        transaction.on_commit(lambda: _send(person, what, context))


def tell_holder(entry: RegisterEntry, what: str, **context: Any) -> None:
    for person in holders_of(entry):
        tell(person, what, entry=entry, **context)


def holders_of(entry: RegisterEntry) -> list[User]:
    """The person of an entry, or the coordinators of the agency; nobody whose account is closed."""
    if entry.user:
        people = [entry.user]
    else:
        held = Membership.objects.in_force().filter(organisation=entry.organisation_id, role=Role.COORDINATOR)
        people = [membership.user for membership in held.select_related("user")] if entry.organisation_id else []
    return [person for person in people if person.is_active]


def _send(person: User, what: str, context: dict[str, Any]) -> None:
    with override(person.preferred_language):
        url = absolute(reverse("intermediaries:mine"))
    try:
        send(
            person.email,
            person.preferred_language,
            "intermediaries/letter.txt",
            {"what": what, "url": url} | context,
        )
    except OSError:
        logger.exception("A letter about the register was not taken by the mail server.")
