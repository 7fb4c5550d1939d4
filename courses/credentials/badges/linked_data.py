"""JSON-LD: the terms of the standards, and the canonical form that is signed."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from pyld import jsonld

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FOLDER = Path(__file__).parent / "contexts"
FILES = {VC: "credentials-v2.json", OB: "open-badges-3.0.3.json"}
MOST_BYTES = 200_000  # far more than a credential has; canonicalisation of a hostile graph takes for ever
Json = dict[str, Any]


class NotLinkedData(ValueError):
    """A document that has no meaning under the contexts we know, or in which something has none."""


@cache
def _context(url: str) -> str:
    return (FOLDER / FILES[url]).read_text(encoding="utf-8")


def _load(url: str, options: Any = None) -> Json:
    """Contexts come from our own folder only: a document decides about no request."""
    if url not in FILES:
        raise NotLinkedData(f"The context {url} is not one of those that credentials of Imprint use.")
    return {"contextUrl": None, "documentUrl": url, "document": json.loads(_context(url)), "contentType": ""}


def canonical_hash(document: Json) -> bytes:
    """SHA-256 over the document's canonical N-Quads (RDFC-1.0). Raises ``NotLinkedData``."""
    return hashlib.sha256(canonical(document).encode()).digest()


def canonical(document: Json) -> str:
    """Raises ``NotLinkedData`` also where a term is in no context: it would not be signed, and nobody would see."""
    options = {"documentLoader": _load, "algorithm": "URDNA2015", "format": "application/n-quads"}
    if len(json.dumps(document)) > MOST_BYTES:
        raise NotLinkedData("The document is too large for a credential.")
    try:
        expanded = jsonld.expand(document, {"documentLoader": _load})
        if _leaves(document) != _expanded_leaves(expanded) or not _is_absolute(expanded):
            raise NotLinkedData("The document says something in words that no standard defines.")
        return str(jsonld.normalize(document, options))
    except jsonld.JsonLdError as error:
        raise NotLinkedData(str(error.cause or error).splitlines()[0]) from error


def _is_absolute(value: Any) -> bool:
    """Whether every type and identifier is a full one: others mean something else in each place."""
    if isinstance(value, list):
        return all(_is_absolute(item) for item in value)
    if not isinstance(value, dict):
        return True
    named = [*value.get("@type", []), value.get("@id", ":")] if "@value" not in value else [":"]
    return all(":" in name for name in named) and all(_is_absolute(item) for item in value.values())


def _leaves(value: Any) -> int:
    """Values that a document has, without its contexts."""
    if isinstance(value, dict):
        return sum(_leaves(item) for key, item in value.items() if key != "@context")
    if isinstance(value, list):
        return sum(_leaves(item) for item in value)
    return 0 if value is None else 1


def _expanded_leaves(value: Any) -> int:
    """The same after expansion, where a value carries its type and language with it."""
    if isinstance(value, list):
        return sum(_expanded_leaves(item) for item in value)
    if not isinstance(value, dict):
        return 1
    if "@value" in value:
        return 1
    return sum(_expanded_leaves(item) for item in value.values())
