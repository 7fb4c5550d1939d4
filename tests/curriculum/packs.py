"""Asking for packs as a teacher's browser does, and reading what comes."""

import io
import re
import unicodedata

from docx import Document

from curriculum.packs.models import Pack


def body(response):
    return b"".join(response.streaming_content)


def take(client, lesson, name, language="en", query=""):
    response = client.get(f"/{language}/packs/{lesson.translation_key}/{name}{query}")
    assert response.status_code == 200, response.content
    return body(response)


def prepare(client, kind, key, file_format, language="en", second=""):
    """Asks for a pack as the form does; the task runs at once in tests."""
    data = {"format": file_format, "language": language, "second": second}
    response = client.post(f"/{language}/packs/{kind}/{key}/", data)
    assert response.status_code == 302, response.content.decode()
    return Pack.objects.order_by("-created_at").first()


def opened(data):
    return Document(io.BytesIO(data))


def plain(text):
    """Text as a reader sees it: presentation forms resolved, spaces and line breaks gone."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
