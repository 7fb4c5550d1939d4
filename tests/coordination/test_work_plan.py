"""The work plan: each body moves its own items, gaps are counted from all, the month is told in any language."""

import io
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from cms.accounts.models import User
from cms.coordination.forms import page_at
from cms.coordination.matrix import Matrix
from cms.coordination.models import Evidence, Progress, WorkItem, WorkPlan
from cms.directory.models import Membership
from cms.vocabulary.models import Audience, Region, StrategyMeasure
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.fixture
def plan():
    return WorkPlan.objects.get_or_create(year=2031)[0]


def make_item(plan, lead=None, title="Train the trainers", **fields):
    values = {
        "plan": plan,
        "title_en": title,
        "measure": StrategyMeasure.objects.get(slug="culture"),
        "lead": lead or OrganisationFactory(),
        "starts_on": date(2031, 3, 1),
        "ends_on": date(2031, 4, 30),
    }
    return WorkItem.objects.create(**values | fields)


@pytest.fixture
def body():
    return OrganisationFactory()


@pytest.fixture
def coordinator(client, body):
    user = UserFactory()
    MembershipFactory(user=user, organisation=body, role=Membership.Role.COORDINATOR)
    client.force_login(user)
    return client


@pytest.fixture
def keeper(client):
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Root"))
    return client


def words_in(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def send(client, item, **data):
    url = reverse("coordination:item", args=[item.pk])
    return client.post(url, {"form_key": str(uuid4()), "status": "under-way"} | data)


# --- who sees what ------------------------------------------------------------------------------------
def test_each_body_sees_its_own_items_and_those_it_helps_to_lead(coordinator, plan, body):
    make_item(plan, body, "Ours")
    helped = make_item(plan, title="Helped")
    helped.co_leads.add(body, OrganisationFactory())
    make_item(plan, title="Of others")
    board = coordinator.get(reverse("coordination:board", args=[plan.year])).content.decode()
    timeline = coordinator.get(reverse("coordination:timeline", args=[plan.year])).content.decode()
    for page in (board, timeline):
        assert "Ours" in page
        assert page.count("Helped") == 1
        assert "Of others" not in page


def test_the_items_of_others_do_not_exist_for_a_body(coordinator, plan):
    other = make_item(plan)
    assert coordinator.get(reverse("coordination:item", args=[other.pk])).status_code == 404
    assert send(coordinator, other).status_code == 404
    assert not Progress.objects.exists()


def test_a_body_sees_those_of_the_offices_below_it(coordinator, plan, body):
    office = OrganisationFactory(parent=body)
    make_item(plan, office, "Of our office")
    assert "Of our office" in coordinator.get(reverse("coordination:board", args=[plan.year])).content.decode()


def test_whoever_keeps_the_plan_sees_all(keeper, plan):
    make_item(plan, title="One")
    make_item(plan, title="Two")
    page = keeper.get(reverse("coordination:board", args=[plan.year])).content.decode()
    assert "One" in page
    assert "Two" in page


def test_people_without_a_part_in_it_see_nothing(client, learner, plan):
    names = [("board", []), ("timeline", []), ("matrix", []), ("summary", [3, "pdf"]), ("summary", [3, "xlsx"])]
    urls = [reverse(f"coordination:{name}", args=[plan.year, *more]) for name, more in names]
    assert all(client.get(url).status_code == 302 for url in urls)
    client.force_login(learner)
    assert all(client.get(url).status_code == 404 for url in urls)
    assert client.get(reverse("coordination:current")).status_code == 404


def test_files_hold_only_ones_own_items(coordinator, plan, body):
    make_item(plan, body, "Ours")
    make_item(plan, title="Of others")
    url = reverse("coordination:summary", args=[plan.year, 3, "xlsx"])
    content = b"".join(coordinator.get(url).streaming_content)
    text = words_in(content)
    assert "Ours" in text
    assert "Of others" not in text


# --- moving items -------------------------------------------------------------------------------------
def test_a_body_says_how_far_its_item_is_and_the_history_stays(coordinator, plan, body):
    item = make_item(plan, body)
    send(coordinator, item, note="Invitations are out.")
    send(coordinator, item, note="Twelve have come.")
    page = coordinator.get(reverse("coordination:item", args=[item.pk])).content.decode()
    assert page.index("Twelve have come.") < page.index("Invitations are out.")
    item.refresh_from_db()
    assert item.status == WorkItem.Status.UNDER_WAY


def test_an_item_is_done_when_something_shows_it(coordinator, plan, body, campaign):
    item = make_item(plan, body)
    refused = send(coordinator, item, status="done", note="All done.")
    assert refused.status_code == 400
    assert "Add the evidence" in refused.content.decode()
    assert "All done." in refused.content.decode()
    with override("en"):
        send(coordinator, item, status="done", evidence_kind="campaign", evidence_url=campaign.full_url)
    item.refresh_from_db()
    assert item.status == WorkItem.Status.DONE
    evidence = Evidence.objects.get()
    assert evidence.page_id == campaign.pk
    assert evidence.label == campaign.title
    assert "/fr/campaigns/world-ip-day/" in evidence.address_in("fr")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"evidence_kind": "event"}, "Say where the evidence can be seen"),
        ({"evidence_url": "https://example.org/x"}, "Say what kind of evidence"),
        ({"evidence_kind": "other", "evidence_url": "https://example.org/x"}, "Give it a name"),
        ({"evidence_kind": "other", "evidence_url": "javascript:alert(1)", "evidence_label": "x"}, "valid URL"),
        ({"status": "finished"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_said_and_nothing_is_stored(coordinator, plan, body, data, says):
    item = make_item(plan, body)
    response = send(coordinator, item, **data)
    assert response.status_code == 400
    assert says in response.content.decode()
    assert not Progress.objects.exists()


def test_the_same_form_sent_twice_is_stored_once(coordinator, plan, body):
    item, key = make_item(plan, body), str(uuid4())
    for _time in range(2):
        send(coordinator, item, form_key=key, evidence_kind="other", evidence_url="https://a.org/", evidence_label="A")
    assert Progress.objects.count() == Evidence.objects.count() == 1


def test_a_page_of_ours_is_known_by_its_address(campaign):
    assert page_at(campaign.full_url).pk == campaign.pk
    assert page_at("https://example.org/en/campaigns/world-ip-day/") is None
    campaign.unpublish()
    assert page_at(campaign.full_url) is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": date(2031, 2, 1)}, "ends_on"),
        ({"starts_on": date(2032, 2, 1), "ends_on": date(2032, 3, 1)}, "starts_on"),
    ],
)
def test_impossible_days_are_refused(plan, fields, field):
    item = make_item(plan)
    for name, value in fields.items():
        setattr(item, name, value)
    with pytest.raises(ValidationError) as refusal:
        item.clean()
    assert field in refusal.value.message_dict


def test_the_database_refuses_an_end_before_the_beginning(plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_item(plan, ends_on=date(2031, 1, 1))


# --- the coverage matrix ------------------------------------------------------------------------------
def test_the_matrix_shows_the_gaps(plan):
    culture, talent = (StrategyMeasure.objects.get(slug=slug) for slug in ("culture", "talent"))
    shanghai = Region.objects.get(slug="cn-sh")
    teachers = Audience.objects.get(slug="teachers")
    item = make_item(plan)
    item.regions.add(shanghai)
    item.audiences.add(teachers)
    cancelled = make_item(plan, measure=talent, status="cancelled")
    cancelled.regions.add(shanghai)
    grid = Matrix(plan).by_region
    cells = {
        (measure.slug, region.slug): cell.count
        for measure, row in grid.rows
        for region, cell in zip(grid.columns, row, strict=True)
    }
    assert cells["culture", "cn-sh"] == 1
    assert cells["culture", "cn-bj"] == 0
    assert cells["talent", "cn-sh"] == 0
    assert grid.gaps == len(cells) - 1
    inner = Matrix(plan).of_measure(culture)
    assert sum(cell.count for _row, row in inner.rows for cell in row) == 1


def test_without_region_and_audience_an_item_covers_all(plan):
    make_item(plan)
    matrix = Matrix(plan)
    culture = StrategyMeasure.objects.get(slug="culture")
    assert matrix.of_measure(culture).gaps == 0


def test_the_matrix_page_marks_gaps_for_eyes_and_ears(keeper, plan):
    make_item(plan).regions.add(Region.objects.get(slug="cn-sh"))
    for query in ("", "?measure=culture", "?measure=nonsense"):
        page = keeper.get(reverse("coordination:matrix", args=[plan.year]) + query).content.decode()
        assert 'class="gap"' in page
        assert '<span class="visually-hidden">gap</span>' in page


# --- the month ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_month_is_told_in_every_language(keeper, plan, language):
    names = {f"title_{code.replace('-', '_')}": f"Item ({code})" for code in LANGUAGES}
    item = make_item(plan, **names | {"title": "Item"})
    Progress.objects.create(item=item, form_key=uuid4(), status="under-way", note="x")
    with override(language):
        urls = [reverse("coordination:summary", args=[plan.year, 3, suffix]) for suffix in ("pdf", "xlsx")]
    text = check_accessible_pdf(keeper.get(urls[0]).content, language)
    assert "2031" in text
    sheet = b"".join(keeper.get(urls[1]).streaming_content)
    assert f"Item ({language})" in words_in(sheet)


def test_the_month_holds_what_runs_in_it(plan):
    item = make_item(plan)
    for month, runs in ((2, False), (3, True), (4, True), (5, False), (12, False)):
        assert WorkItem.objects.in_month(2031, month).filter(pk=item.pk).exists() == runs


@pytest.mark.parametrize("path", ["13/summary.pdf", "0/summary.pdf", "3/summary.exe"])
def test_other_months_and_files_do_not_exist(keeper, plan, path):
    assert keeper.get(f"/en/plan/{plan.year}/{path}").status_code == 404


# --- speed and forms ----------------------------------------------------------------------------------
def test_board_and_matrix_ask_few_questions(keeper, plan, django_assert_max_num_queries):
    for number in range(12):
        make_item(plan, title=f"Item {number}").co_leads.add(OrganisationFactory())
    for name in ("board", "timeline", "matrix"):
        url = reverse(f"coordination:{name}", args=[plan.year])
        keeper.get(url)
        with django_assert_max_num_queries(20):
            keeper.get(url)


def test_items_are_kept_with_a_tab_per_language(keeper, plan):
    item = make_item(plan)
    page = keeper.get(reverse("wagtailsnippets_coordination_workitem:edit", args=[item.pk])).content.decode()
    assert "title_zh_hans" in page
    assert "title_ar" in page
