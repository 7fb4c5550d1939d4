"""Reading before the embargo ends: personal links, what they show, and telling the press."""

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Revision

from cms.accounts.links import token_for, value_of
from cms.accounts.models import User
from cms.campaigns.newsroom.models import AccreditedJournalist, EmbargoNotice, PressReleasePage
from cms.correspondence.mail import absolute, send

PURPOSE = "press"


def token_of(journalist: AccreditedJournalist) -> str:
    return token_for(PURPOSE, str(journalist.key))


def holder_of(token: str) -> AccreditedJournalist | None:
    """Whose link this is; None for a forged one and for somebody who is not accredited any more."""
    return AccreditedJournalist.objects.valid().filter(key=value_of(PURPOSE, token)).first()


def link_of(journalist: AccreditedJournalist) -> str:
    with override(journalist.language):
        return absolute(reverse("newsroom:press", args=[token_of(journalist)]))


def embargoed() -> list[PressReleasePage]:
    """Releases approved for publishing whose embargo still holds, as they will be published, soonest first."""
    revisions = Revision.objects.filter(
        approved_go_live_at__isnull=False, content_type=ContentType.objects.get_for_model(PressReleasePage)
    )
    releases: list[PressReleasePage] = [revision.as_object() for revision in revisions]
    waiting = [page for page in releases if not page.live and page.embargo_until]
    return sorted(waiting, key=lambda page: (page.embargo_until, page.pk))


def tell_press(
    page: PressReleasePage, sender: User | None, embargo_until: datetime
) -> tuple[EmbargoNotice, list[AccreditedJournalist]]:
    """Tells every accredited journalist of a release and of its embargo; once more where the embargo has moved.

    Returns the notice with those who were told, and those whose mail the mail server did not take.
    """
    before = EmbargoNotice.promised(page.translation_key)
    notice = EmbargoNotice.objects.create(release_key=page.translation_key, embargo_until=embargo_until, sent_by=sender)
    refused = []
    for journalist in AccreditedJournalist.objects.valid():
        context: dict[str, Any] = {
            "release": page,
            "journalist": journalist,
            "embargo": page.in_zone(embargo_until),
            "before": page.in_zone(before) if before and before != embargo_until else "",
            "url": link_of(journalist),
        }
        try:
            send(journalist.email, journalist.language, "newsroom/press_notice.txt", context)
        except OSError:
            refused.append(journalist)
        else:
            notice.recipients.add(journalist)
    return notice, refused


def move_embargo(page: PressReleasePage, moment: datetime) -> None:
    """Sets a new embargo on a release that is not public yet, in all its languages, and schedules them anew."""
    for one in PressReleasePage.objects.filter(translation_key=page.translation_key, live=False):
        draft: PressReleasePage = one.get_latest_revision_as_object()
        was_scheduled = one.revisions.filter(approved_go_live_at__isnull=False).exists()
        draft.embargo_until = moment
        PressReleasePage.objects.filter(pk=one.pk).update(embargo_until=moment)
        revision = draft.save_revision(log_action=True)
        if was_scheduled:
            revision.publish()
