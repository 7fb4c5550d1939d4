"""Verifying a downloaded credential without asking anybody: the file, the issuer's keys, and its status list.

    python -m courses.credentials.badges.verifying CREDENTIAL.json --issuer DID.json [--status STATUS.json]

``DID.json`` is what the issuer publishes at ``/.well-known/did.json``, ``STATUS.json`` the list that the credential
names. Needs PyLD, cryptography and base58, and no Django.
"""

import argparse
import base64
import binascii
import gzip
import json
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from courses.credentials.badges.linked_data import OB, VC, Json, NotLinkedData
from courses.credentials.badges.proofs import SUITE, from_multikey, is_signed_by

MOST_LIST_BYTES = 16 * 1024 * 1024


class NotGenuine(ValueError):
    """The credential is refused; the message says why."""


def verify(credential: Any, issuer: Json, status: Json | None = None, now: datetime | None = None) -> None:
    """Returns if the credential is genuine and holds; raises ``NotGenuine`` otherwise.

    Without a status list nothing is said about revocation.
    """
    check_proof(credential, issuer)
    try:
        _check_content(credential, now or datetime.now(UTC))
        if status is not None:
            check_proof(status, issuer)
            check_status(credential, status)
    except (KeyError, TypeError, AttributeError):
        raise NotGenuine("This is no Open Badges 3.0 credential.") from None


def _check_content(credential: Json, now: datetime) -> None:
    if VC not in credential["@context"] or OB not in credential["@context"]:
        raise NotGenuine("This is no Open Badges 3.0 credential.")
    if (until := credential.get("validUntil")) and _moment(until) < now:
        raise NotGenuine(f"It expired on {until}.")
    if _moment(credential["validFrom"]) > now:
        raise NotGenuine(f"It is valid from {credential['validFrom']} on only.")


def check_proof(document: Any, issuer: Json) -> None:
    """That the issuer signed the document with a key that was in use then."""
    try:
        proof = document["proof"]
        named = document["issuer"]["id"] if isinstance(document["issuer"], dict) else document["issuer"]
        if proof["cryptosuite"] != SUITE or proof["proofPurpose"] != "assertionMethod":
            raise NotGenuine("It is signed in a way that this issuer does not use.")
        if named != issuer["id"]:
            raise NotGenuine("It names another issuer.")
        method = _method(issuer, proof["verificationMethod"])
        _check_time(method, proof["created"])
        if not is_signed_by(document, from_multikey(method["publicKeyMultibase"])):
            raise NotGenuine("It was altered, or not signed by this issuer.")
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise NotGenuine("This is no signed credential.") from None
    except NotLinkedData as error:
        raise NotGenuine(str(error)) from error


def _method(issuer: Json, name: str) -> Json:
    for method in issuer.get("verificationMethod", ()):
        if method["id"] == name:
            return dict(method)
    raise NotGenuine("It is signed with a key that the issuer does not publish.")


def _check_time(method: Json, created: str) -> None:
    """A key that was retired still vouches for what was signed before; one that was revoked for nothing."""
    if "revoked" in method:
        raise NotGenuine("It is signed with a key that the issuer has revoked.")
    if "expires" in method and _moment(created) > _moment(method["expires"]):
        raise NotGenuine(f"It is signed with a key that was retired on {method['expires']}.")


def check_status(credential: Json, status: Json) -> None:
    """That the credential's bit in the issuer's list is not set (W3C, Bitstring Status List 1.0, section 3.2)."""
    entry = credential["credentialStatus"]
    subject = status["credentialSubject"]
    if entry["statusListCredential"] != status["id"] or entry["statusPurpose"] != subject["statusPurpose"]:
        raise NotGenuine("The status list is not the one that the credential names.")
    bits, index = _bits(subject["encodedList"]), int(entry["statusListIndex"])
    if not 0 <= index < len(bits) * 8:
        raise NotGenuine("The credential has no place in the status list.")
    if bits[index // 8] >> (7 - index % 8) & 1:
        raise NotGenuine("It was revoked.")


def _bits(encoded: str) -> bytes:
    try:
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
        bits = reader.decompress(packed, MOST_LIST_BYTES)
    except (binascii.Error, zlib.error, gzip.BadGzipFile):
        raise NotGenuine("The status list cannot be read.") from None
    return bits


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise NotGenuine(f"{text} is no point in time.") from None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verifies a downloaded Open Badges 3.0 credential.")
    parser.add_argument("credential", type=Path)
    parser.add_argument("--issuer", type=Path, required=True, help="what /.well-known/did.json said")
    parser.add_argument("--status", type=Path, help="the status list that the credential names")
    asked = parser.parse_args(arguments)
    try:
        files = [
            path and json.loads(path.read_text("utf-8")) for path in (asked.credential, asked.issuer, asked.status)
        ]
        verify(*files)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        print(f"Cannot be read: {error}", file=sys.stderr)
        return 2
    except NotGenuine as error:
        print(f"NOT GENUINE. {error}", file=sys.stderr)
        return 1
    print("Genuine." if asked.status else "Genuine. Whether it was revoked was not asked: --status tells.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
