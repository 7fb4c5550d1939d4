"""Subscriptions with double opt-in, and announcements to those who have confirmed."""

from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from cms.accounts.links import token_for, value_of
from cms.correspondence.mail import absolute, send
from cms.correspondence.models import Announcement, Delivery, Subject, Subscription
from cms.languages.switcher import readable
from cms.vocabulary.joined import joined
from cms.vocabulary.models import Topic

PURPOSE = "subscription"
CONFIRM = "imprint.subscription.confirm"  # these links grow old, the others do not
PENDING = timedelta(days=7)  # an address that was not confirmed by then is forgotten


def token_of(subscription: Subscription) -> str:
    return token_for(PURPOSE, str(subscription.pk))


def find(token: str) -> Subscription | None:
    """The subscription of a token; None for a forged one, and for one that ended."""
    return Subscription.objects.filter(pk=value_of(PURPOSE, token)).first()


def subscribe(
    email: str, subject: Subject, language: str, topics: list[Topic], countries: Iterable[str] = ()
) -> Subscription:
    """Asks the owner of an address to confirm. For one who had done so before, confirming changes what it is about."""
    subscription, _is_new = Subscription.objects.get_or_create(
        email=email.strip().lower(), subject=subject, language=language
    )
    if not subscription.confirmed_at:
        subscription.topics.set(topics)
        subscription.countries = joined(countries)
        subscription.save(update_fields=["countries"])
    wanted = ",".join(topic.slug for topic in topics)
    confirm = signing.dumps([str(subscription.pk), wanted, joined(countries)], salt=CONFIRM, compress=True)
    with override(language):
        url = absolute(reverse("correspondence:confirm", args=[confirm]))
    send(
        subscription.email,
        language,
        "correspondence/confirm.txt",
        {"url": url, "subject": subscription, "topics": topics, "countries": joined(countries)},
    )
    return subscription


def confirm(token: str) -> Subscription | None:
    """Confirms what was asked for; None for a token that is forged, too old, or whose subscription has ended."""
    try:
        pk, wanted, countries = signing.loads(token, salt=CONFIRM, max_age=PENDING)
    except (signing.BadSignature, ValueError):
        return None
    subscription = Subscription.objects.filter(pk=pk).first()
    if subscription is None:
        return None
    subscription.confirmed_at = subscription.confirmed_at or timezone.now()
    subscription.countries = countries
    subscription.save(update_fields=["confirmed_at", "countries"])
    subscription.topics.set(Topic.objects.filter(slug__in=[slug for slug in wanted.split(",") if slug]))
    return subscription


def unsubscribe(token: str) -> None:
    """Ends a subscription and forgets the address. Once more does nothing."""
    if subscription := find(token):
        subscription.delete()


def forget_pending() -> int:
    """Forgets the addresses whose owners did not confirm; returns how many."""
    old = Subscription.objects.filter(confirmed_at__isnull=True, created_at__lt=timezone.now() - PENDING)
    return old.delete()[0]


# --- announcements ------------------------------------------------------------------------------------
def announce(page: Page, subject: Subject, topics: Iterable[Topic], country: str = "") -> Announcement | None:
    """Prepares one mail to each subscriber of the page's language; None where that was done before.

    Whoever subscribed to a broader topic gets what is about a narrower one.
    """
    language = page.locale.language_code
    try:
        with transaction.atomic():
            announcement = Announcement.objects.create(
                page_key=page.translation_key, language=language, subject=subject
            )
    except IntegrityError:
        return None
    readers = Subscription.objects.confirmed().filter(subject=subject, language=language)
    readers = readers.about(_with_broader(topics), country)
    Delivery.objects.bulk_create([Delivery(announcement=announcement, subscription=reader) for reader in readers])
    return announcement


def _with_broader(topics: Iterable[Topic]) -> set[int]:
    above = {topic.pk: topic.broader_id for topic in Topic.objects.all()}
    found: set[int] = set()
    for topic in topics:
        step: int | None = topic.pk
        while step and step not in found:
            found.add(step)
            step = above.get(step)
    return found


def deliver(announcement: Announcement) -> int:
    """Sends what is not sent yet; returns how many mails went out. Nothing once the page is no longer public."""
    page = _page_of(announcement)
    if page is None:
        return 0
    sent = 0
    for delivery in announcement.deliveries.filter(sent_at__isnull=True).select_related("subscription"):
        try:
            _write(delivery.subscription, page)
        except OSError:
            continue  # the next run tries again
        delivery.sent_at = timezone.now()
        delivery.save(update_fields=["sent_at"])
        sent += 1
    return sent


def _page_of(announcement: Announcement) -> Page | None:
    pages = Page.objects.filter(translation_key=announcement.page_key, locale__language_code=announcement.language)
    found = readable(pages).first()
    return found.specific if found else None


def _write(subscription: Subscription, page: Page) -> None:
    with override(subscription.language):
        url = absolute(reverse("correspondence:unsubscribe", args=[token_of(subscription)]))
    send(
        subscription.email,
        subscription.language,
        "correspondence/announcement.txt",
        {"page": page, "url": page.full_url, "unsubscribe_url": url, "subject": subscription},
        # RFC 8058: mail programs unsubscribe with one click, without a visit.
        headers={"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
