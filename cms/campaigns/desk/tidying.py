"""What is forgotten after a while: addresses nobody confirmed, files that can be drawn again."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from cms.campaigns.kits.models import Kit, KitFile, PartnerLogo
from cms.campaigns.participation.models import Comment, Entry
from cms.correspondence.api import deliver, forget_pending
from cms.correspondence.models import Announcement

UNCONFIRMED = timedelta(days=7)  # as long as the links in the mails are valid


@dataclass(frozen=True)
class Tidied:
    subscriptions: int
    unconfirmed: int
    files: int
    mails: int


def tidy(days: int) -> Tidied:
    """Forgets what is old, and sends the mails that the mail server did not take before."""
    return Tidied(forget_pending(), _forget_unconfirmed(), _clear_files(days), _send_rest())


def _forget_unconfirmed() -> int:
    before = timezone.now() - UNCONFIRMED
    entries = Entry.objects.filter(state=Entry.State.UNCONFIRMED, created_at__lt=before)
    for entry in entries.exclude(file=""):
        entry.file.delete(save=False)
    comments = Comment.objects.filter(state=Comment.State.UNCONFIRMED, created_at__lt=before)
    return entries.delete()[0] + comments.delete()[0]


def _clear_files(days: int) -> int:
    """Kits, drawn files and partners' logos older than so many days, with what lies on disk."""
    before = timezone.now() - timedelta(days=days)
    count = 0
    for kit in Kit.objects.filter(created_at__lt=before):
        kit.file.delete(save=False)
        count += kit.delete()[0]
    for file in KitFile.objects.filter(created_at__lt=before):
        file.file.delete(save=False)
        count += file.delete()[0]
    for logo in PartnerLogo.objects.filter(created_at__lt=before, kits__isnull=True):
        logo.image.delete(save=False)
        count += logo.delete()[0]
    return count


def _send_rest() -> int:
    waiting = Announcement.objects.filter(deliveries__sent_at__isnull=True, deliveries__isnull=False).distinct()
    return sum(deliver(announcement) for announcement in waiting)
