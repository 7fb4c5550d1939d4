"""Uploading a PO file: what is not one is refused in a sentence before wagtail-localize reads it."""

import tempfile
from pathlib import Path

import polib
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.views.edit_translation import upload_pofile

MAX_BYTES = 2 * 1024 * 1024  # a long page has some 50 kB
TRANSLATION_ID = "X-WagtailLocalize-TranslationID"


@require_POST
def upload(request: HttpRequest, translation_id: int) -> HttpResponse:
    """wagtail-localize's upload, which fails with an error page on a file that is broken or not its own."""
    problem = _problem(request)
    if problem:
        messages.error(request, problem)
        return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
    response: HttpResponse = upload_pofile(request, translation_id)
    return response


def _problem(request: HttpRequest) -> str:
    """What is wrong with the file, empty if nothing is; the file can be read again afterwards."""
    file = request.FILES.get("file")
    if file is None:
        return _("Choose a PO file first.")
    if file.size is None or file.size > MAX_BYTES:
        return _("This file is too large for a PO file. Nothing was changed.")
    catalogue = _parse(file.read())
    file.seek(0)
    if catalogue is None:
        return _("This is not a valid PO file. Nothing was changed. Download it again and fill in that one.")
    if TRANSLATION_ID not in catalogue.metadata:
        return _("This PO file was not downloaded from here. Nothing was changed.")
    return ""


def _parse(content: bytes) -> polib.POFile | None:
    # polib takes a name or content; a file of our own leaves no doubt which.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "upload.po"
        file.write_bytes(content)
        try:
            return polib.pofile(str(file))
        except (OSError, ValueError, IndexError, KeyError, AttributeError):
            return None
