"""Letters: plain text, in the reader's language, from a template whose first line is the subject."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

Attachment = tuple[str, str | bytes, str]  # file name, content, MIME type


def absolute(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def send(
    to: str,
    language: str,
    template: str,
    context: dict[str, Any],
    *,
    headers: dict[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
) -> None:
    """Sends one letter. Raises ``OSError`` (SMTPException is one) where the mail server does not take it."""
    with override(language):
        text = render_to_string(template, context).strip()
    subject, _line, body = text.partition("\n")
    message = EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        to=[to],
        # Out-of-office replies to these help nobody (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language} | (headers or {}),
    )
    for name, content, kind in attachments:
        message.attach(name, content, kind)
    message.send()
