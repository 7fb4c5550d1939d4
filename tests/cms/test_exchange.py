"""Opportunities abroad: listed while they are open, told to those who asked by field and country."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from cms.correspondence.api import confirm, subscribe
from cms.correspondence.models import Announcement, Subject, Subscription
from cms.correspondence.tasks import deliver_announcement
from cms.exchange.models import OpportunityIndexPage, OpportunityPage, PartnerInstitution
from cms.vocabulary import countries
from cms.vocabulary.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> OpportunityIndexPage:
    return OpportunityIndexPage.objects.get(locale__language_code="en")


def add(index: OpportunityIndexPage, slug: str, *topics: str, **values: object) -> OpportunityPage:
    defaults = {
        "title": slug.replace("-", " ").title(),
        "summary": "A year abroad.",
        "kind": "study",
        "country": "de",
        "host": "The University",
        "funding": "none",
        "how_to_apply": "Write to us.",
        "deadline": date(2027, 5, 31),
        "time_zone": "Asia/Shanghai",
    }
    page = OpportunityPage(slug=slug, locale=index.locale, **defaults | values)
    page.topics = list(Topic.objects.filter(slug__in=topics))
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def move(*moment: int) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(*moment, tzinfo=UTC))

    return move


def test_a_deadline_ends_at_midnight_in_its_time_zone(client, index, at) -> None:
    page = add(index, "study-in-jena")
    assert page.closes_at.astimezone(UTC) == datetime(2027, 5, 31, 16, tzinfo=UTC)
    at(2027, 5, 31, 15, 59)
    assert not page.is_closed
    assert "Study In Jena" in client.get(index.url).content.decode()
    at(2027, 5, 31, 16, 0)
    assert page.is_closed
    assert "Study In Jena" not in client.get(index.url).content.decode()
    assert "Study In Jena" in client.get(index.url + "?show=closed").content.decode()
    assert "The deadline is over" in client.get(page.url).content.decode()


def test_the_list_is_narrowed_by_kind_country_and_field_with_counts(client, index, at) -> None:
    at(2027, 1, 1)
    add(index, "study-in-jena", "patents")
    add(index, "post-in-lyon", "copyright", kind="visiting", country="fr", deadline=None)
    html = client.get(index.url + "?country=fr").content.decode()
    assert "Post In Lyon" in html
    assert "Study In Jena" not in html
    assert "France (1)" in html
    assert "Germany (1)" in html
    assert "Study In Jena" in client.get(index.url + "?topic=patents&country=de").content.decode()
    nonsense = client.get(index.url + "?kind=%00&country=xx&topic=none&page=abc")
    assert nonsense.status_code == 200


def test_the_nearest_deadline_stands_first_and_those_without_one_last(client, index, at) -> None:
    at(2027, 1, 1)
    add(index, "any-time", deadline=None)
    add(index, "later", deadline=date(2027, 12, 1))
    add(index, "sooner", deadline=date(2027, 2, 1))
    pages = list(client.get(index.url).context["pages"])
    own = [page.slug for page in pages if page.slug in {"any-time", "later", "sooner"}]
    assert own == ["sooner", "later", "any-time"]


def subscriber(email: str, topics: list[str], wanted: list[str]) -> None:
    chosen = list(Topic.objects.filter(slug__in=topics))
    subscription = subscribe(email, Subject.EXCHANGE, "en", chosen, wanted)
    subscription.topics.set(chosen)
    Subscription.objects.filter(pk=subscription.pk).update(confirmed_at=datetime(2027, 1, 1, tzinfo=UTC))


def test_subscribers_are_written_to_by_field_and_country(index, at) -> None:
    at(2027, 1, 2)
    subscriber("all@example.org", [], [])
    subscriber("de@example.org", [], ["de", "at"])
    subscriber("fr@example.org", [], ["fr"])
    subscriber("patents-de@example.org", ["patents"], ["de"])
    subscriber("secrets@example.org", ["trade-secrets"], [])
    subscriber("broad@example.org", ["industrial-property"], ["de"])
    mail.outbox.clear()
    page = add(index, "study-in-jena", "patents")
    announcement = Announcement.objects.get(page_key=page.translation_key)
    deliver_announcement.call(announcement.pk)
    told = {message.to[0] for message in mail.outbox}
    assert told == {"all@example.org", "de@example.org", "patents-de@example.org", "broad@example.org"}


def test_what_has_closed_is_not_announced(index, at) -> None:
    at(2028, 1, 1)
    page = add(index, "too-late")
    assert not Announcement.objects.filter(page_key=page.translation_key).exists()


def test_the_form_asks_for_countries_and_confirming_keeps_them(client, monkeypatch) -> None:
    monkeypatch.setattr("cms.accounts.humans.QUICKEST", 0)
    address = reverse("correspondence:ask", args=["exchange"])
    form = client.get(address).context["form"]
    data = {"email": "ann@example.org", "topics": ["patents"], "countries": ["fr", "de"]}
    client.post(address, data | {"started": form["started"].value(), "homepage": ""})
    assert "France" in mail.outbox[0].body
    token = re.search(r"/confirm/([^/]+)/", mail.outbox[0].body)[1]
    assert confirm(token).countries == "|de|fr|"
    assert "countries" not in client.get(reverse("correspondence:ask", args=["press"])).context["form"].fields


def test_an_opportunity_is_described_for_search_engines(client, index, at) -> None:
    at(2027, 1, 1)
    page = add(index, "post-in-lyon", kind="visiting", country="fr")
    html = client.get(page.url).content.decode()
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert data["@type"] == "JobPosting"
    assert data["jobLocation"]["address"]["addressCountry"] == "FR"
    assert data["validThrough"].startswith("2027-06-01T00:00:00")


def test_it_begins_after_its_deadline(index) -> None:
    page = OpportunityPage(title="x", deadline=date(2027, 5, 1), starts_on=date(2027, 4, 1))
    with pytest.raises(ValidationError, match="begins before its deadline"):
        page.clean()


def test_institutions_are_listed_by_country_while_the_agreement_holds(client, index, at) -> None:
    at(2027, 1, 1)
    PartnerInstitution.objects.create(name_en="Old Friends", country="br", until=date(2026, 12, 31))
    friends = PartnerInstitution.objects.create(name_en="New Friends", country="br")
    add(index, "study-in-belem", country="br", partner=friends)
    html = client.get(reverse("exchange:institutions")).content.decode()
    assert "New Friends" in html
    assert "1 opportunity open now" in html
    assert "Old Friends" not in html


def test_countries_are_those_of_iso_3166_in_every_language() -> None:
    assert len(countries.codes()) == 249
    for language, name in [("en", "Germany"), ("zh-hans", "德国"), ("ar", "ألمانيا"), ("ru", "Германия")]:
        with override(language):
            assert countries.country_name("de") == name
            assert all(text and text != code.upper() for code, text in countries.sorted_choices())
