"""Data Integrity proofs with ``eddsa-rdfc-2022`` (W3C, Data Integrity EdDSA Cryptosuites 1.0, section 3.2)."""

from datetime import UTC, datetime

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from courses.credentials.badges.linked_data import Json, canonical_hash

SUITE = "eddsa-rdfc-2022"
ED25519_PUB = b"\xed\x01"  # multicodec: ed25519-pub
BASE58 = "z"  # multibase: base58btc


def multikey(key: Ed25519PublicKey) -> str:
    """A public key as Multikey text (W3C, Controlled Identifiers 1.0, section 2.2.2)."""
    return BASE58 + base58.b58encode(ED25519_PUB + key.public_bytes_raw()).decode()


def from_multikey(text: str) -> Ed25519PublicKey:
    """Raises ``ValueError`` for anything that is no Ed25519 key."""
    raw = base58.b58decode(text[1:]) if text.startswith(BASE58) else b""
    if not raw.startswith(ED25519_PUB) or len(raw) != 34:
        raise ValueError("Not an Ed25519 Multikey.")
    return Ed25519PublicKey.from_public_bytes(raw[2:])


def sign(document: Json, key: Ed25519PrivateKey, method: str, created: datetime) -> Json:
    """The document with its proof."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": timestamp(created),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_hash_data(document, options))
    return document | {"proof": options | {"proofValue": BASE58 + base58.b58encode(signature).decode()}}


def is_signed_by(document: Json, key: Ed25519PublicKey) -> bool:
    """Whether the document is, to the letter, what the holder of the key signed. Raises ``NotLinkedData``."""
    options = dict(document["proof"])
    value = str(options.pop("proofValue", ""))
    unsigned = {name: part for name, part in document.items() if name != "proof"}
    try:
        signature = base58.b58decode(value[1:]) if value.startswith(BASE58) else b""
        key.verify(signature, _hash_data(unsigned, options))
    except (InvalidSignature, ValueError):
        return False
    return True


def _hash_data(document: Json, options: Json) -> bytes:
    return canonical_hash({"@context": document["@context"], **options}) + canonical_hash(document)


def timestamp(moment: datetime) -> str:
    """XML Schema's dateTimeStamp in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
