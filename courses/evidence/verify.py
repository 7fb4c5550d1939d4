#!/usr/bin/env python3
"""Checks a ZIP of training evidence made by Imprint. Needs Python 3.8 or newer and nothing else.

    python verify.py EVIDENCE.zip [--key z6Mk...]

Every byte of the archive is covered: file contents by the SHA-256 sums in manifest.json, manifest.json by the Ed25519
signature in signature.json, and the archive's own structure, which is fixed. Events are chained: each carries the hash
of the one before. With --key the signer must be the one whose key the issuer publishes at /.well-known/did.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import sys
import zlib
from typing import Any, Dict, List, Tuple

MANIFEST, SIGNATURE, EVENTS = "manifest.json", "signature.json", "events.jsonl"


Point = Tuple[int, int, int, int]
Files = Dict[str, bytes]


class Altered(Exception):
    """Something is not as it was signed; the message names it."""


# --- Ed25519 (RFC 8032, section 5.1), verification only ---------------------------------------------------
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recovered_x(y: int, sign: int) -> int:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise ValueError("not a point")
    return P - x if x % 2 != sign else x


def point(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    y, sign = number % 2**255, number >> 255
    if y >= P:
        raise ValueError("not a point")
    x = recovered_x(y, sign)
    return x, y, 1, x * y % P


def add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, base: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, base)
        base, number = add(base, base), number >> 1
    return found


def is_same(one: Point, two: Point) -> bool:
    return (one[0] * two[2] - two[0] * one[2]) % P == 0 and (one[1] * two[2] - two[1] * one[2]) % P == 0


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the holder of the public key signed the message."""
    try:
        holder, commitment = point(key), point(signature[:32])
    except ValueError:
        return False
    share = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or share >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    base_y = 4 * pow(5, P - 2, P) % P
    base_x = recovered_x(base_y, 0)
    base = (base_x, base_y, 1, base_x * base_y % P)
    return is_same(times(share, base), add(commitment, times(challenge, holder)))


ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def key_of(text: str) -> bytes:
    """The 32 bytes of an Ed25519 key in Multikey form."""
    number = 0
    for letter in text[1:]:
        number = number * 58 + ALPHABET.index(letter)
    raw = number.to_bytes(34, "big")
    if text[:1] != "z" or raw[:2] != b"\xed\x01":
        raise ValueError("no Ed25519 key")
    return raw[2:]


# --- the archive: stored files, one after the other, nothing in between -----------------------------------
LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
FIXED = (20, 0, 0, 0, 33)  # version 2.0, no flags, stored, midnight, 1 January 1980


def files_of(data: bytes) -> Files:
    """Every file of the archive, by name. Raises ``Altered`` where a byte of its structure is not what it must be."""
    files: Files = {}
    entries: List[Tuple[bytes, int, int, int]] = []
    place = 0
    while data[place : place + 4] == b"PK\x03\x04":
        head = LOCAL.unpack_from(data, place)
        name = data[place + LOCAL.size : place + LOCAL.size + head[9]]
        start = place + LOCAL.size + head[9]
        content = data[start : start + head[8]]
        label = name.decode("ascii", "replace")
        if head[1:6] != FIXED or head[7] != head[8] or head[10] or len(content) != head[8]:
            raise Altered("the head of %s in the archive" % label)
        if zlib.crc32(content) != head[6]:
            raise Altered(label)
        files[label] = content
        entries.append((name, head[6], head[8], place))
        place = start + head[8]
    directory = place
    for name, checksum, size, offset in entries:
        expected = CENTRAL.pack(
            b"PK\x01\x02", 0x0314, *FIXED, checksum, size, size, len(name), 0, 0, 0, 0, 0o600 << 16, offset
        )
        if data[place : place + len(expected) + len(name)] != expected + name:
            raise Altered("the archive's directory at %s" % name.decode("ascii", "replace"))
        place += len(expected) + len(name)
    end = END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), place - directory, directory, 0)
    if data[place:] != end:
        raise Altered("the end of the archive")
    return files


def checked_manifest(files: Files, key: str) -> Tuple[Dict[str, Any], str]:
    """The manifest, if it was signed as it is."""
    for name in (MANIFEST, SIGNATURE):
        if name not in files:
            raise Altered("%s is missing" % name)
    text = files[MANIFEST]
    try:
        signature = json.loads(files[SIGNATURE])
        is_ours = files[SIGNATURE] == as_text(signature)
        good = is_signed(key_of(signature["publicKeyMultibase"]), text, bytes.fromhex(signature["signature"]))
        is_sum = signature["manifest_sha256"] == hashlib.sha256(text).hexdigest()
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Altered(SIGNATURE)
    if not good and not is_sum:
        raise Altered(MANIFEST)
    if not (good and is_sum and is_ours):
        raise Altered(SIGNATURE)
    if key and key != signature["publicKeyMultibase"]:
        raise Altered("the signer: it is signed with %s" % signature["publicKeyMultibase"])
    return json.loads(text), signature["publicKeyMultibase"]


def as_text(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def check_files(files: Files, manifest: Dict[str, Any]) -> None:
    listed = {entry["name"]: entry for entry in manifest["files"]}
    for name in sorted(set(files) - {MANIFEST, SIGNATURE} | set(listed)):
        if name not in listed:
            raise Altered("%s was put in" % name)
        if name not in files:
            raise Altered("%s is missing" % name)
        if hashlib.sha256(files[name]).hexdigest() != listed[name]["sha256"]:
            raise Altered(name)


def check_events(lines: str) -> Tuple[int, int]:
    """That each event follows on the one before it, in each enrolment from the first to the last."""
    last: Dict[str, Tuple[int, str]] = {}
    count = 0
    for number, line in enumerate(lines.splitlines(), start=1):
        event = json.loads(line)
        claimed = event.pop("hash")
        text = json.dumps(event, sort_keys=True, ensure_ascii=False)
        sequence, previous = last.get(event["enrolment"], (0, ""))
        where = "%s, line %d: event %s of %s" % (EVENTS, number, event["sequence"], event["enrolment"])
        if event["sequence"] != sequence + 1 or event["previous_hash"] != previous:
            raise Altered("%s does not follow on the one before it" % where)
        if hashlib.sha256(text.encode()).hexdigest() != claimed:
            raise Altered(where)
        last[event["enrolment"]], count = (event["sequence"], claimed), count + 1
    return count, len(last)


def verify(data: bytes, key: str = "") -> List[str]:
    """Checks the bytes of a ZIP; returns lines that say what was found good. Raises ``Altered``."""
    files = files_of(data)
    manifest, signer = checked_manifest(files, key)
    check_files(files, manifest)
    events, enrolments = check_events(files.get(EVENTS, b"").decode())
    scope = manifest["scope"]
    return [
        "organisation  %s" % scope["organisation"]["name"],
        "plan          %s" % (scope["plan"]["title"] if scope["plan"] else "all training"),
        "period        %s to %s" % (scope["starts_on"], scope["ends_on"]),
        "exported      %s by %s" % (manifest["exported_at"], manifest["exported_by"]["name"]),
        "issuer        %s" % manifest["issuer"],
        "signed with   %s" % signer,
        "files         %d, as they were signed" % len(manifest["files"]),
        "events        %d in %d enrolments, chained without a gap" % (events, enrolments),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks a ZIP of training evidence made by Imprint.")
    parser.add_argument("evidence")
    parser.add_argument("--key", default="", help="the key that the issuer publishes at /.well-known/did.json")
    asked = parser.parse_args()
    try:
        with open(asked.evidence, "rb") as file:
            print("\n".join(verify(file.read(), asked.key)))
    except OSError as error:
        print("Cannot be read: %s" % error, file=sys.stderr)
        return 2
    except Altered as error:
        print("ALTERED: %s" % error, file=sys.stderr)
        return 1
    print("GENUINE." if asked.key else "GENUINE, if the key above is the issuer's: compare it, or give it with --key.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
