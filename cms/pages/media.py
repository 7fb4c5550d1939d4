"""Serves uploaded images, audio and video where no web server stands in front of us.

Documents are not served here: their own view checks who may read them. Byte ranges (RFC 9110,
section 14) are answered, because players need them to jump within a film.
"""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe

RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
PRIVATE_FOLDERS = ("documents",)


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """The file at ``path`` below MEDIA_ROOT; 404 for anything else, 416 for a range outside of it."""
    file = _find(path)
    size = file.stat().st_size
    content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    wanted = RANGE.match(request.headers.get("Range", ""))
    response: HttpResponse | FileResponse
    if wanted and any(wanted.groups()):
        response = _part(file, size, *wanted.groups())
    else:
        response = FileResponse(file.open("rb"))
    response["Content-Type"] = content_type
    response["Accept-Ranges"] = "bytes"
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    response["Cache-Control"] = "public, max-age=86400"
    # Whatever an upload holds, a browser must not run it in our name.
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _find(path: str) -> Path:
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
    except SuspiciousFileOperation as error:
        raise Http404 from error
    if not file.is_file() or path.strip("/").partition("/")[0] in PRIVATE_FOLDERS:
        raise Http404
    return file


def _part(file: Path, size: int, first: str, last: str) -> HttpResponse:
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    with file.open("rb") as stream:
        stream.seek(start)
        body = stream.read(end - start + 1)
    return HttpResponse(body, status=206, headers={"Content-Range": f"bytes {start}-{end}/{size}"})
