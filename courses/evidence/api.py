"""Making evidence: files, a manifest with their sums, a signature, in an archive that accounts for every byte."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.jobs.models import carry_out
from courses.credentials.badges import issuer
from courses.credentials.badges.keys import current_key
from courses.evidence import contents
from courses.evidence.models import Evidence
from courses.evidence.verify import MANIFEST, SIGNATURE, as_text

VERIFIER = Path(__file__).with_name("verify.py")
MOST_BYTES = 0x7FFF_0000  # what the archive's plain form holds
FILES: dict[str, Callable[[Evidence], Iterator[str]]] = {
    "transcript.csv": contents.transcript,
    "standing.csv": contents.standing,
    "enrolments.csv": contents.enrolments,
    "events.jsonl": contents.events,
    "certificates.jsonl": contents.certificates,
    "rules.json": contents.rules,
}


TOO_LARGE = _("This is more than one archive holds. Choose a smaller organisation or a shorter period.")


class TooLarge(Exception):
    """The archive would be larger than its format holds."""


def make(evidence: Evidence) -> Evidence:
    return carry_out(evidence, _make, TooLarge)


def _make(evidence: Evidence) -> None:
    with TemporaryFile() as target:
        _write(evidence, target)
        size = target.tell()
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()
        target.seek(0)
        evidence.file.save("evidence.zip", File(target), save=False)
    evidence.finish(file=evidence.file.name, size=size, sha256=digest)


def _write(evidence: Evidence, target: IO[bytes]) -> None:
    listed = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name, lines in FILES.items():
            listed.append(_add(archive, name, (line.encode() for line in lines(evidence))))
            evidence.step()
        listed.append(_add(archive, VERIFIER.name, [VERIFIER.read_bytes()]))
        manifest = as_text(_manifest(evidence, listed))
        _add(archive, MANIFEST, [manifest])
        _add(archive, SIGNATURE, [as_text(_signature(manifest))])


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    """Writes a file piece by piece, whatever its size; what the manifest says of it."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    start = archive.fp.tell() if archive.fp else 0
    with archive.open(entry, "w") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            if start + size > MOST_BYTES:
                raise TooLarge(
                    _("This is more than one archive holds. Choose a smaller organisation or a shorter period.")
                )
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _manifest(evidence: Evidence, listed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": "imprint-evidence-1",
        "issuer": issuer.did(),
        "exported_at": timezone.now().isoformat(),
        "exported_by": {"name": evidence.author.name, "email": evidence.author.email},
        "scope": {
            "organisation": {"slug": evidence.organisation.slug, "name": str(evidence.organisation)},
            "plan": {"slug": evidence.plan.slug, "title": str(evidence.plan)} if evidence.plan else None,
            "starts_on": evidence.starts_on.isoformat(),
            "ends_on": evidence.ends_on.isoformat(),
        },
        "files": listed,
    }


def _signature(manifest: bytes) -> dict[str, str]:
    key = current_key()
    return {
        "algorithm": "Ed25519",
        "publicKeyMultibase": key.public,
        "verificationMethod": issuer.method_of(key),
        "manifest_sha256": hashlib.sha256(manifest).hexdigest(),
        "signature": key.private().sign(manifest).hex(),
    }
