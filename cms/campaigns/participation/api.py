"""What a confirmed address does: an entry, a guardian's consent, a comment, a vote."""

import hashlib
import hmac
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from cms.campaigns.participation.confirming import ask_to_confirm, read_token
from cms.campaigns.participation.models import Comment, ContestPage, Entry, Vote
from cms.languages.switcher import best_in


def page_of(key: UUID, model: type[Page]) -> Any:
    """The readable page in the reader's language, else in another; None without any."""
    return best_in(model.objects.filter(translation_key=key))


def confirm(token: str) -> str | None:
    """Does what the link stands for; returns what came of it: entry, consent, comment, vote or voted-before."""
    values = read_token(token)
    match values:
        case ["entry", pk]:
            return _confirm_entry(pk)
        case ["consent", pk]:
            return _consent(pk)
        case ["comment", pk]:
            waiting = Comment.objects.filter(pk=pk, state=Comment.State.UNCONFIRMED)
            waiting.update(state=Comment.State.WAITING)
            return "comment" if Comment.objects.filter(pk=pk).exists() else None
        case ["vote", entry, voter]:
            return _vote(entry, voter)
    return None


# --- contests -----------------------------------------------------------------------------------------
def _confirm_entry(pk: str) -> str | None:
    entry = Entry.objects.filter(pk=pk).first()
    if entry is None:
        return None
    if entry.state == Entry.State.UNCONFIRMED:
        Entry.objects.filter(pk=pk).update(state=Entry.State.SUBMITTED)
        if entry.is_minor and not entry.guardian_consented_at:
            with override(entry.language):
                ask_to_confirm("consent", [pk], entry.guardian_email, entry.title)
    return "entry"


def _consent(pk: str) -> str | None:
    Entry.objects.filter(pk=pk, guardian_consented_at__isnull=True).update(guardian_consented_at=timezone.now())
    return "consent" if Entry.objects.filter(pk=pk).exists() else None


def voter_of(contest_key: UUID, email: str) -> str:
    """A keyed digest of an address: the same for all spellings that reach the same mailbox."""
    local, _at, domain = email.strip().lower().rpartition("@")
    local = local.partition("+")[0]
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    message = f"{contest_key}:{local}@{domain}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def ask_for_vote(page: ContestPage, entry: Entry, email: str) -> None:
    """Nothing is stored until the address is confirmed."""
    values = [str(entry.pk), voter_of(page.translation_key, email)]
    ask_to_confirm("vote", values, email, entry.title)


def _vote(pk: str, voter: str) -> str | None:
    entry = Entry.objects.accepted().filter(pk=pk).first()
    page = page_of(entry.contest_key, ContestPage) if entry else None
    if entry is None or page is None or not page.is_voting:
        return None
    try:
        with transaction.atomic():
            Vote.objects.create(contest_key=entry.contest_key, voter=voter, entry=entry)
    except IntegrityError:
        return "voted-before"
    return "vote"
