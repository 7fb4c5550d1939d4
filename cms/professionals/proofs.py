"""Proofs that other rooms hold: certificates, entries in a register. Each names its own; the settings list them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Proof:
    """Something that holds today, with the address at which anyone can check it."""

    key: str
    title: str
    body: str
    since: date | None
    url: str


@dataclass(frozen=True)
class Proofs:
    """One kind of proof: those a person may show, and the one behind a key if it is theirs and still holds."""

    source: str
    of: Callable[[Any], list[Proof]]
    find: Callable[[Any, str], Proof | None]


def providers() -> dict[str, Proofs]:
    found: list[Proofs] = [import_string(path) for path in settings.IMPRINT_CLAIM_PROOFS]
    return {one.source: one for one in found}


def proof_of(source: str, user: Any, key: str) -> Proof | None:
    """The proof behind a key; None for somebody else’s, and for one that no longer holds."""
    provider = providers().get(source)
    return provider.find(user, key) if provider else None


def offers(user: Any) -> list[tuple[str, Proof]]:
    """All that a person could show, each with its source."""
    return [(source, proof) for source, provider in providers().items() for proof in provider.of(user)]
