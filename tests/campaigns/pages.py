"""Pages for tests, published as editors publish them."""

from datetime import timedelta
from typing import Any

from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.campaigns.events.models import EventIndexPage, EventPage, EventSession
from cms.campaigns.newsroom.models import NewsroomPage, PressReleasePage
from cms.languages.starter import story
from cms.pages.models import HomePage


def in_minutes(number: int) -> Any:
    return timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=number)


def home() -> HomePage:
    return HomePage.objects.get(locale__language_code="en", depth=2)


def newsroom() -> NewsroomPage:
    found = NewsroomPage.objects.filter(locale__language_code="en").first()
    if found is None:
        found = NewsroomPage(title="Newsroom", slug="newsroom", summary="News for the press.")
        home().add_child(instance=found)
        translated(found)
    return found


def release(title: str = "A quaggafish wins a patent", **fields: Any) -> PressReleasePage:
    """A press release, published; with an embargo it waits for it."""
    page = PressReleasePage(
        title=title,
        summary=fields.pop("summary", "A zyzzyvish summary."),
        body=story("test/body", ["The first paragraph tells it all."]),
        live=False,
        **fields,
    )
    newsroom().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def translated(page: Page, language: str = "fr", *, publish: bool = True) -> Page:
    """The page in another language, as a translator publishes it (untranslated text included)."""
    locale = Locale.objects.get(language_code=language)
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
    with TestCase.captureOnCommitCallbacks(execute=True):  # wagtail-localize publishes when all is stored
        translation.save_target(publish=publish)
    return page.get_translation(locale).specific


def event_index() -> EventIndexPage:
    found = EventIndexPage.objects.filter(locale__language_code="en").first()
    if found is None:
        found = EventIndexPage(title="Events", slug="events", summary="What takes place.")
        home().add_child(instance=found)
        translated(found)
    return found


def event(
    title: str = "An evening with makers", *, begins: int = 60 * 24, sessions: int = 1, **fields: Any
) -> EventPage:
    """A published event; its first session begins in ``begins`` minutes, each takes an hour, a day apart."""
    page = EventPage(
        title=title, summary="Come and see.", **({"place": "City Library", "time_zone": "Asia/Shanghai"} | fields)
    )
    page.sessions = [
        EventSession(starts_at=in_minutes(begins + 1440 * number), ends_at=in_minutes(begins + 1440 * number + 60))
        for number in range(sessions)
    ]
    event_index().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
