"""All kinds of personal data of all rooms, and the rows of a person."""

from collections.abc import Iterator
from functools import cache, reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from cms.accounts.models import User
from cms.personal_data import Kind


@cache
def kinds() -> tuple[Kind, ...]:
    """In the order of the settings: what leads to a person through another row comes before that row."""
    return tuple(kind for path in settings.IMPRINT_PERSONAL_DATA for kind in import_string(path))


def model_of(kind: Kind) -> type[Model]:
    return apps.get_model(kind.model)


def rows_of(kind: Kind, person: User, addresses: list[str]) -> QuerySet:
    """The rows that are about the person: by the account, or by an address that is proved to be theirs."""
    conditions = [condition for lookup in kind.of for condition in _is(lookup, person, addresses)]
    return model_of(kind)._default_manager.filter(reduce(or_, conditions)).order_by("pk")


def _is(lookup: str, person: User, addresses: list[str]) -> list[Q]:
    if not lookup.endswith("email"):
        return [Q(**{lookup: person.pk})]
    # Some rooms keep an address as it was typed.
    return [Q(**{f"{lookup}__iexact": address}) for address in addresses]


def addresses_of(person: User) -> list[str]:
    """The account’s address and those that were confirmed."""
    proved = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in (person.email, *proved)})


def all_rows(person: User) -> Iterator[tuple[Kind, QuerySet]]:
    addresses = addresses_of(person)
    for kind in kinds():
        yield kind, rows_of(kind, person, addresses)
