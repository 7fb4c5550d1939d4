"""Numbers without surveillance: every reader counts, none can be told from another, robots do not count."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError

from cms.accounts.models import User
from cms.statistics import api
from cms.statistics.models import Act, DailyCount
from cms.statistics.sums import add
from tests.campaigns.conftest import BROWSER

pytestmark = pytest.mark.django_db
URL = "/fr/campaigns/world-ip-day/"


def views(page) -> int:
    return DailyCount.objects.of([page.translation_key]).total(Act.VIEW)


def test_a_view_is_counted_by_day_and_language(client, campaign):
    for _time in range(3):
        client.get(URL, headers={"User-Agent": BROWSER})
    row = DailyCount.objects.get(subject=campaign.translation_key)
    assert (row.language, row.act, row.count) == ("fr", Act.VIEW, 3)


def test_nothing_about_the_reader_is_kept(client, campaign):
    response = client.get(URL, headers={"User-Agent": BROWSER})
    assert not response.cookies
    assert {field.name for field in DailyCount._meta.get_fields()} == {
        *("id", "day", "act", "subject", "language", "count")
    }


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5"},
        {"User-Agent": BROWSER, "Sec-Purpose": "prefetch;prerender"},
    ],
)
def test_robots_and_prefetching_do_not_count(client, campaign, headers):
    client.get(URL, headers=headers)
    assert views(campaign) == 0


def test_looking_at_the_headers_or_a_missing_page_does_not_count(client, campaign):
    client.head(URL, headers={"User-Agent": BROWSER})
    client.get("/fr/campaigns/nothing/", headers={"User-Agent": BROWSER})
    assert not DailyCount.objects.exists()


def test_people_who_publish_do_not_count(client, campaign):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    client.get(URL, headers={"User-Agent": BROWSER})
    assert views(campaign) == 0


def test_a_count_that_cannot_be_stored_breaks_no_page(client, campaign, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("full")

    monkeypatch.setattr("cms.statistics.pending.add", fail)
    assert client.get(URL, headers={"User-Agent": BROWSER}).status_code == 200


def test_sums_by_language_and_day():
    key, other = uuid4(), uuid4()
    for day, language, number in ((1, "en", 2), (1, "ar", 3), (2, "en", 5)):
        add(key, Act.VIEW, language, number, datetime(2027, 4, day, tzinfo=UTC))
    add(key, Act.SHARE, "ar", 1, datetime(2027, 4, 1, tzinfo=UTC))
    add(other, Act.VIEW, "en", 100, datetime(2027, 4, 1, tzinfo=UTC))
    rows = api.rows([key])
    assert api.by_day(rows, Act.VIEW) == {date(2027, 4, 1): 5, date(2027, 4, 2): 5}
    assert api.by_language(rows)["ar"] == {Act.VIEW: 3, Act.DOWNLOAD: 0, Act.SHARE: 1}
    assert [row.count for row in api.rows([key], date(2027, 4, 2), None)] == [5]
