"""Links that do what somebody asked for, once the owner of an address says so."""

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from cms.correspondence.mail import absolute, send

SALT = "imprint.participation"
VALID = timedelta(days=7)


def ask_to_confirm(act: str, values: list[str], email: str, title: str) -> None:
    """Writes to an address: a link that does what was asked for, once its owner says so."""
    token = signing.dumps([act, *values], salt=SALT, compress=True)
    language = get_language() or "en"
    url = absolute(reverse("participation:confirm", args=[token]))
    send(email, language, "participation/confirm.txt", {"act": act, "url": url, "title": title})


def read_token(token: str) -> list[str] | None:
    """What a link stands for; None for one that is forged or too old."""
    try:
        values: list[str] = signing.loads(token, salt=SALT, max_age=VALID)
    except (signing.BadSignature, ValueError):
        return None
    return values
