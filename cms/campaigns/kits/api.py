"""Kits: posters and cards of a campaign in every language, in one file, with a partner's logo where one is brought."""

import hashlib
import io
import tempfile
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.utils.translation import override

from cms.artwork.errors import ArtworkError
from cms.artwork.formats import FORMATS
from cms.artwork.logos import read_logo
from cms.campaigns.kits.archive import write_archive
from cms.campaigns.kits.content import digest_of, ingredients_of, pages_of, words_of
from cms.campaigns.kits.drawing import kit_files
from cms.campaigns.kits.models import Kit, PartnerLogo
from cms.jobs.models import carry_out


def keep_logo(name: str, file: IO[bytes]) -> PartnerLogo:
    """Checks an uploaded logo and keeps our own drawing of it. Raises ``ArtworkError`` with what is wrong."""
    stream = io.BytesIO()
    read_logo(file).save(stream, "PNG")
    content = stream.getvalue()
    logo = PartnerLogo(name=name, digest=hashlib.sha256(content).hexdigest())
    logo.image.save(f"logos/{logo.pk}.png", ContentFile(content), save=False)
    logo.save()
    return logo


def kit_for(key: UUID, language: str, *, for_all: bool, logo: PartnerLogo | None = None) -> tuple[Kit, bool]:
    """The kit of a campaign, and whether it still has to be made. ``LookupError`` where no page is public."""
    pages = _pages(key, language, for_all)
    if not pages:
        raise LookupError(key)
    digest = _digest(pages, logo)
    known = Kit.objects.filter(digest=digest).exclude(state=Kit.State.FAILED).first()
    if known and known.is_usable:
        return known, False
    with override(language):
        title = next((page.title for page in pages if page.locale.language_code == language), pages[0].title)
    kit = Kit.objects.create(
        subject=key,
        title=title[:255],
        language=language,
        for_all_languages=for_all,
        logo=logo,
        digest=digest,
        total=len(pages) * len(FORMATS) + 1,
    )
    return kit, True


def _pages(key: UUID, language: str, for_all: bool) -> list[Any]:
    return [page for page in pages_of(key) if for_all or page.locale.language_code == language]


def _digest(pages: list[Any], logo: PartnerLogo | None) -> str:
    digest = hashlib.sha256()
    for page in pages:
        digest.update(digest_of(ingredients_of(page, logo), words_of(page, logo), FORMATS["card"]).encode())
        face = page.face
        digest.update(repr((face.title, face.summary, face.hashtag, face.region)).encode())
    return digest.hexdigest()


def make(kit: Kit) -> Kit:
    """Draws what is missing and writes the archive, and says how far it is."""
    with override(kit.language):
        return carry_out(kit, _make, ArtworkError)


def _make(kit: Kit) -> None:
    pages = _pages(kit.subject, kit.language, kit.for_all_languages)
    files = kit_files(pages, kit.logo, kit.step)
    with tempfile.TemporaryDirectory(prefix="imprint-kit-") as folder:
        path = Path(folder) / "kit.zip"
        write_archive(path, pages, files)
        with path.open("rb") as opened:
            kit.file.save(f"archives/{kit.pk}.zip", File(opened), save=False)
        kit.finish(file=kit.file.name, size=path.stat().st_size)


def is_public(kit: Kit) -> bool:
    """Whether everybody may still read the campaign of a kit in its language."""
    return bool(_pages(kit.subject, kit.language, kit.for_all_languages))
