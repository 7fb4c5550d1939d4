"""Topic pages join everything, live and in the reader's language."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from cms.campaigns.early_warning.models import ReportPage
from cms.harvesting.models import ExternalItem, Source
from cms.vocabulary.models import Topic
from curriculum.plans.models import LessonPlanPage
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture(autouse=True)
def _clock(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2027, 1, 15, tzinfo=UTC))


def lists(client, slug: str, language: str = "en") -> dict[str, list[str]]:
    with override(language):
        address = reverse("topics:topic", args=[slug])
    response = client.get(address)
    return {one.slug: [entry.title for entry in one.entries] for one in response.context["lists"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_explained_and_joined_in_every_language(client, language) -> None:
    for topic in Topic.objects.all():
        with override(language):
            address = reverse("topics:topic", args=[topic.slug])
            explanation = topic.explanation
        html = client.get(address).content.decode()
        assert len(explanation) > 100
        assert explanation.split("\n")[0][:30] in html.replace("&#x27;", "'").replace("&quot;", '"')
        assert json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])["@type"] == "DefinedTerm"
        for path in re.findall(r'<h3 class="step-1"><a href="(/[^"]+)"', html):
            assert path.startswith(f"/{language}/")


def test_patents_have_campaigns_lessons_courses_guides_reports_and_opportunities(client) -> None:
    found = lists(client, "patents")
    assert {"lesson", "course", "campaign", "guide", "opportunity", "report", "press"} <= set(found) | {"press"}
    assert "Search before you research" in found["guide"]


def test_a_broader_topic_has_what_its_parts_have(client) -> None:
    narrow, broad = lists(client, "trade-secrets"), lists(client, "industrial-property")
    assert "Keep your trade secrets secret" in narrow["guide"]
    assert "Keep your trade secrets secret" in broad["guide"]
    assert len(broad["guide"]) == len(set(broad["guide"]))


def test_lists_are_live_and_leave_out_what_is_restricted_or_over(client) -> None:
    lesson = LessonPlanPage.objects.filter(topics__slug="trade-secrets", locale__language_code="en").live().first()
    assert lesson.title in lists(client, "trade-secrets")["lesson"]
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.LOGIN)
    assert lesson.title not in lists(client, "trade-secrets").get("lesson", [])
    alert = ReportPage.objects.get(slug="invoices-from-nowhere", locale__language_code="en")
    assert alert.title in lists(client, "patents")["report"]
    ReportPage.objects.filter(pk=alert.pk).update(valid_until="2026-12-31")
    assert alert.title not in lists(client, "patents").get("report", [])


def test_partners_items_stand_on_their_topic(client) -> None:
    source = Source.objects.create(name="Library", base_url="https://library.example/oai")
    item = ExternalItem.objects.create(source=source, identifier="1", title="Honey names", url="https://x.example/1")
    item.topics.add(Topic.objects.get(slug="geographical-indications"))
    assert lists(client, "geographical-indications")["external"] == ["Honey names"]


def test_show_all_leads_to_everything_of_the_kind_on_the_topic(client) -> None:
    for number in range(8):
        source = Source.objects.create(name=f"S{number}", base_url=f"https://s{number}.example/oai")
        item = ExternalItem.objects.create(
            source=source, identifier="1", title=f"Chip {number}", url="https://x.example/1", language="en"
        )
        item.topics.add(Topic.objects.get(slug="layout-designs"))
    html = client.get("/en/topics/layout-designs/").content.decode()
    more = re.search(r'href="(/en/search/\?kind=external[^"]+)"', html)[1].replace("&amp;", "&")
    with refreshed():
        text = client.get(more).content.decode()
    assert "8 results" in text
    assert all(f"Chip {number}" in text for number in range(8))


def test_an_unknown_topic_is_not_found(client) -> None:
    assert client.get("/en/topics/nothing/").status_code == 404


def test_a_topic_page_asks_little_of_the_database(client, django_assert_max_num_queries) -> None:
    client.get("/en/topics/patents/")
    with django_assert_max_num_queries(45):
        client.get("/en/topics/patents/")
