"""Serves uploaded images, audio and video where no web server stands in front of us.

Documents are not served here: their own view checks who may read them. Byte ranges (RFC 9110,
section 14) are answered, because players need them to jump within a film.
"""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.utils.http import http_date
from django.views.decorators.http import require_safe

RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")
PRIVATE_FOLDERS = ("documents",)
PIECE = 64 * 1024  # bytes read at a time


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The file at ``path`` below MEDIA_ROOT; 404 for anything else, 416 for a range outside of it."""
    file = _find(path)
    response = stream(request, file.open("rb"), file.stat().st_size)
    response["Content-Type"] = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def stream(request: HttpRequest, file: IO[bytes] | Any, size: int) -> HttpResponseBase:
    """An open file of ``size`` bytes, or the range of it that was asked for, read piece by piece."""
    wanted = RANGE.match(request.headers.get("Range", ""))
    response: HttpResponseBase
    if wanted and any(wanted.groups()):
        response = _part(file, size, *wanted.groups())
    else:
        response = FileResponse(file)
    response["Accept-Ranges"] = "bytes"
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


def _part(file: IO[bytes], size: int, first: str, last: str) -> HttpResponseBase:
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_pieces(file, start, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    return response


def _pieces(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
