"""Films and recordings: checked by their first bytes, measured, and kept where only learners get at them."""

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.utils.translation import gettext as _
from pymediainfo import MediaInfo

# Offset and bytes that every file of the format begins with.
SIGNATURES: dict[str, list[tuple[int, bytes]]] = {
    "mp4": [(4, b"ftyp")],
    "m4a": [(4, b"ftyp")],
    "webm": [(0, b"\x1a\x45\xdf\xa3")],
    "ogg": [(0, b"OggS")],
    "opus": [(0, b"OggS")],
    "mp3": [(0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")],
}


def validate_media(file: File) -> None:
    """``ValidationError`` for a file whose content is not what its ending says."""
    name = str(file.name)
    extension = name.rpartition(".")[2].lower()
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    signatures = SIGNATURES.get(extension, [])
    if signatures and not any(start[at : at + len(mark)] == mark for at, mark in signatures):
        raise ValidationError(
            _("%(name)s does not contain what its ending .%(extension)s says. Save it again and upload it."),
            params={"name": name, "extension": extension},
        )


def course_files() -> Storage:
    """Where the files of courses are kept: served to those who are enrolled, and to nobody else."""
    return storages["courses"]


def seconds_of(file: File) -> int:
    """How long a film or recording lasts, in whole seconds, rounded up; 0 where it does not say."""
    file.seek(0)
    tracks = MediaInfo.parse(file).tracks
    file.seek(0)
    milliseconds = max((float(track.duration) for track in tracks if track.duration), default=0.0)
    return -int(-milliseconds // 1000)
