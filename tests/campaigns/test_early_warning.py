"""Reports and alerts: how grave, for whom, until when; and an alert that no longer holds says so."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.campaigns.early_warning.models import ReportIndexPage, ReportPage
from cms.correspondence.models import Subject, Subscription
from cms.languages.starter import story
from cms.vocabulary.models import Region, Topic
from tests.campaigns.pages import home
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def reports():
    page = ReportIndexPage.objects.filter(locale__language_code="en").first()
    if page is None:
        page = ReportIndexPage(title="Reports and alerts", slug="alerts")
        home().add_child(instance=page)
    return page


@pytest.fixture
def report(reports):
    def make(title="Letters that are not ours", days=30, **fields):
        page = ReportPage(
            title=title,
            summary="Somebody writes to applicants.",
            body=story("report", ["What they write."]),
            valid_until=TODAY + timedelta(days=days) if days is not None else None,
            valid_from=TODAY - timedelta(days=60),
            **fields,
        )
        reports.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return make


def test_an_alert_shows_how_grave_it_is_where_for_whom_and_until_when(client, report):
    page = report(severity="high", sector="C", advice="Do not pay.")
    page.regions.add(Region.objects.get(slug="cn-sh"))
    page.save()
    content = client.get(page.url).content.decode()
    for text in ("High", "Manufacturing", "Shanghai", "Do not pay."):
        assert text in content
    assert f"{page.valid_until:%Y-%m-%d}" in content
    assert "no longer holds" not in content


def test_an_expired_alert_says_so_and_leaves_the_list(client, reports, report):
    page = report(days=-1)
    assert "This no longer holds." in client.get(page.url).content.decode()
    assert page.title not in client.get(reports.url).content.decode()
    assert page.title in client.get(f"{reports.url}?show=expired").content.decode()


def test_it_holds_on_its_last_day(client, report):
    assert "no longer holds" not in client.get(report(days=0).url).content.decode()


def test_the_gravest_alert_stands_first_and_reports_after(client, reports, report):
    report("Trend of the year", kind="trend", severity="critical", days=None)
    report("A small thing", severity="information")
    report("A grave thing", severity="critical")
    page = client.get(reports.url).content.decode()
    assert page.index("A grave thing") < page.index("A small thing") < page.index("Trend of the year")
    only = client.get(f"{reports.url}?kind=trend").content.decode()
    assert "A grave thing" not in only
    assert client.get(f"{reports.url}?kind=nonsense&page=99").status_code == 200


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"valid_until": None}, "needs a last day"),
        ({"valid_until": TODAY - timedelta(days=99)}, "before the first day"),
    ],
)
def test_an_alert_without_an_end_or_with_an_impossible_one_is_refused(report, fields, says):
    page = report()
    for name, value in fields.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError, match=says):
        page.clean()


def subscriber(*topics):
    found = Subscription.objects.create(
        email=f"{'-'.join(topics) or 'all'}@example.org",
        subject=Subject.REPORTS,
        language="en",
        confirmed_at=timezone.now(),
    )
    found.topics.set(Topic.objects.filter(slug__in=topics))
    return found


def test_subscribers_are_warned_by_topic(reports, django_capture_on_commit_callbacks):
    subscriber()
    subscriber("industrial-property")
    subscriber("copyright")
    with django_capture_on_commit_callbacks(execute=True):
        page = ReportPage(
            title="Beware",
            slug="beware",
            summary="x",
            body=[],
            valid_from=TODAY,
            valid_until=TODAY,
            topics=[Topic.objects.get(slug="patents")],
        )
        reports.add_child(instance=page)
        page.save_revision().publish()
    warned = sorted(message.to[0] for message in mail.outbox if message.subject == "Beware")
    assert warned == ["all@example.org", "industrial-property@example.org"]


def test_nobody_is_warned_of_what_has_expired(report, django_capture_on_commit_callbacks):
    subscriber()
    with django_capture_on_commit_callbacks(execute=True):
        report(days=-3)
    assert mail.outbox == []


def test_a_report_is_found_by_search(client, report):
    report("Zyxomma invoices")
    with refreshed():
        assert "<mark>Zyxomma</mark>" in client.get("/en/search/?q=zyxomma").content.decode()


def test_lists_ask_few_questions_and_the_editor_opens(client, reports, report, django_assert_max_num_queries):
    pages = [report(f"Report {number}") for number in range(5)]
    client.get(reports.url)
    with django_assert_max_num_queries(16):
        client.get(reports.url)
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[pages[0].pk])).status_code == 200
