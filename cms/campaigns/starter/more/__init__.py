"""The lists of newsroom, events, activities and reports, and one page of each kind, for the publicity week."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wagtail.models import Page

from cms.campaigns.early_warning.models import ReportIndexPage, ReportPage
from cms.campaigns.events.models import EventIndexPage, EventPage, EventSession
from cms.campaigns.models import CampaignPage, EditionPartner, LocalEditionPage
from cms.campaigns.newsroom.models import NewsroomPage, PressContact, PressReleasePage
from cms.campaigns.participation.models import (
    ConsultationPage,
    ContestPage,
    KnowledgeQuizPage,
    PledgePage,
    TakePartPage,
)
from cms.directory.models import Organisation
from cms.languages.starter import publish, story, stream
from cms.pages.models import HomePage
from cms.vocabulary.data import Texts, read
from cms.vocabulary.models import Audience, Licence, Region, Topic

FOLDER = Path(__file__).parent
ZONE = "Asia/Shanghai"
LISTS: dict[str, type[Page]] = {
    "events": EventIndexPage,
    "take-part": TakePartPage,
    "newsroom": NewsroomPage,
    "alerts": ReportIndexPage,
}
IN_MENU = {"events", "take-part"}


def load() -> None:
    home = HomePage.objects.get(locale__language_code="en", depth=2)
    lists = {slug: _list(home, slug, texts) for slug, texts in read(FOLDER / "lists.yaml").items()}
    week = CampaignPage.objects.get(slug="national-ip-publicity-week", locale__language_code="en")
    pages = read(FOLDER / "pages.yaml")
    _edition(week, pages["edition"])
    _release(lists["newsroom"], week, pages["release"])
    _event(lists["events"], week, pages["event"])
    _alert(lists["alerts"], pages["alert"])
    _activities(week, lists["take-part"], pages)


def _list(home: Page, slug: str, texts: Texts) -> Page:
    return publish(home, LISTS[slug], slug, texts, lambda own: {**own, "show_in_menus": slug in IN_MENU})


def _fields(slug: str, shared: dict[str, Any], *stories: str) -> Callable[[Texts], dict[str, Any]]:
    """The fields of one language: what all share, its texts, and its stories as blocks."""

    def fields(texts: Texts) -> dict[str, Any]:
        told = {name: story(f"{slug}/{name}", texts[name]) for name in stories}
        return shared | texts | told

    return fields


def _topics(*slugs: str) -> dict[str, Any]:
    return {"topics": list(Topic.objects.filter(slug__in=slugs))}


def _edition(week: Page, texts: Texts) -> None:
    shared = {"region": Region.objects.get(slug="cn-gd"), "design": "mosaic"}
    partner = EditionPartner(organisation=Organisation.objects.get(slug="harbour-instruments"), role="supporter")
    publish(week, LocalEditionPage, "guangdong", texts, _fields("guangdong", shared, "story"), {"partners": [partner]})


def _release(newsroom: Page, week: Page, texts: Texts) -> None:
    shared = {"time_zone": ZONE, "campaign": week}
    contact = PressContact(name="Press office (demo)", email="press@example.org")
    related = _topics("patents", "trade-marks") | {"contacts": [contact]}
    publish(newsroom, PressReleasePage, "programme-of-the-week", texts, _fields("release", shared, "body"), related)


def _event(events: Page, week: Page, texts: Texts) -> None:
    shared = {
        "time_zone": ZONE,
        "capacity": 50,
        "campaign": week,
        "region": Region.objects.get(slug="cn-gd"),
        "organiser": Organisation.objects.get(slug="demo-ip-office"),
        "training_hours": 2,
    }
    session = EventSession(
        starts_at=datetime(2027, 4, 22, 11, tzinfo=UTC), ends_at=datetime(2027, 4, 22, 13, tzinfo=UTC)
    )
    related = _topics("patents", "copyright") | {
        "sessions": [session],
        "audiences": list(Audience.objects.filter(slug="public")),
    }
    publish(events, EventPage, "evening-with-makers", texts, _fields("event", shared, "story"), related)


def _alert(reports: Page, texts: Texts) -> None:
    shared = {
        "kind": "alert",
        "severity": "high",
        "valid_from": date(2026, 11, 1),
        "valid_until": date(2027, 12, 31),
    }
    related = _topics("patents", "trade-marks") | {"regions": [Region.objects.get(slug="cn")]}
    publish(reports, ReportPage, "invoices-from-nowhere", texts, _fields("alert", shared, "body"), related)


def _activities(week: Page, take_part: Page, pages: Texts) -> None:
    publish(
        week, PledgePage, "i-name-the-maker", pages["pledge"], _fields("pledge", {"goal": 10_000, "time_zone": ZONE})
    )
    publish(week, KnowledgeQuizPage, "three-questions", pages["quiz"], _quiz)
    contest = {
        "closes_at": datetime(2027, 4, 10, 16, tzinfo=UTC),
        "voting_until": datetime(2027, 4, 24, 16, tzinfo=UTC),
        "has_public_vote": True,
        "time_zone": ZONE,
    }
    licences = {"licences": list(Licence.objects.filter(slug__in=["cc-by-4-0", "cc-by-nc-4-0"]))}
    publish(week, ContestPage, "draw-a-maker", pages["contest"], _fields("contest", contest, "rules"), licences)
    closing = {"closes_at": datetime(2027, 5, 31, 16, tzinfo=UTC), "time_zone": ZONE}
    publish(take_part, ConsultationPage, "makers-mark", pages["consultation"], _consultation(closing))


def _quiz(texts: Texts) -> dict[str, Any]:
    questions = []
    for number, (text, answers, right, why) in enumerate(texts["questions"]):
        options = [{"text": answer, "is_right": place == right} for place, answer in enumerate(answers, start=1)]
        blocks = stream(f"quiz/{number}", *(("item", option) for option in options))
        questions.append(("question", {"text": text, "options": blocks, "explanation": why}))
    return {name: texts[name] for name in ("title", "summary")} | {"questions": stream("quiz", *questions)}


def _consultation(shared: dict[str, Any]) -> Callable[[Texts], dict[str, Any]]:
    def fields(texts: Texts) -> dict[str, Any]:
        articles = [
            ("article", {"number": number, "heading": heading, "text": text})
            for number, heading, text in texts["articles"]
        ]
        return (
            shared
            | {name: texts[name] for name in ("title", "summary")}
            | {
                "introduction": story("consultation/introduction", texts["introduction"]),
                "articles": stream("consultation/articles", *articles),
            }
        )

    return fields
