"""Identifiers of records in the scheme oai: (“Specification and XML Schema for the OAI Identifier Format”, 2.0)."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from cms.interop.models import Record
from cms.interop.provider.errors import IdDoesNotExist

NAMESPACE = re.compile(r"[a-zA-Z][a-zA-Z0-9\-]*(\.[a-zA-Z][a-zA-Z0-9\-]*)+")
LOCAL = "imprint.localhost"  # a site without a name of its own: a laptop


def namespace() -> str:
    """The repository's part of an identifier: OAI_NAMESPACE, else the host's name."""
    host = settings.IMPRINT_OAI_NAMESPACE or urlsplit(settings.BASE_URL).hostname or ""
    return host if NAMESPACE.fullmatch(host) else LOCAL


def identifier_of(record: Record) -> str:
    return f"oai:{namespace()}:{record.key}"


def record_named(identifier: str) -> Record:
    scheme, _, rest = identifier.partition(":")
    place, _, key = rest.partition(":")
    record = Record.objects.filter(key=key).first() if (scheme, place) == ("oai", namespace()) else None
    if record is None:
        raise IdDoesNotExist("There is no such record here.")
    return record
