"""“I taught this”, and the dashboard: what counts, who sees it, and what is too small to be told."""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from cms.directory.models import Membership, Organisation
from cms.vocabulary.models import Region
from curriculum.adoption import api
from curriculum.adoption.models import PopularisationTarget, TaughtLesson
from curriculum.library.models import LessonTally
from curriculum.plans.models import LessonPlanPage
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def teacher():
    return factories.UserFactory()


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def school():
    return Organisation.objects.get(slug="harbour-school")


@pytest.fixture
def editor():
    user = factories.UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name="Editors"))
    return user


def answers(**changes):
    return {
        "form_key": str(uuid4()),
        "taught_on": TODAY.isoformat(),
        "class_size": "28",
        "grade": "3",
        "school": "Harbour Middle School (demo)",
        "rating": "4",
        "note": "Went well.",
    } | changes


def tell(client, lesson, **changes):
    return client.post(f"/en/teaching/lessons/{lesson.translation_key}/", answers(**changes))


def teach(lesson, times, school=None, region=None, day=None, teacher=None):
    for _ in range(times):
        report = api.Report(day or TODAY, 30, lesson.grade_from, school, region, 5, "")
        api.record(teacher or factories.UserFactory(), lesson, report, uuid4())


# --- the teacher --------------------------------------------------------------------------------------
def test_it_is_recorded_with_the_school_s_region(as_teacher, teacher, lesson, school):
    assert tell(as_teacher, lesson).status_code == 302
    taught = TaughtLesson.objects.get()
    assert (taught.teacher, taught.school, taught.region) == (teacher, school, school.region)
    assert (taught.class_size, taught.grade, taught.rating, taught.stage) == (28, 3, 4, "primary")
    assert {topic.slug for topic in taught.topics.all()} == {"patents", "industrial-designs"}
    assert LessonTally.objects.get(lesson_key=lesson.translation_key).times_taught == 1


def test_the_same_form_sent_twice_counts_once(as_teacher, lesson):
    data = answers()
    for _ in range(2):
        as_teacher.post(f"/en/teaching/lessons/{lesson.translation_key}/", data)
    assert TaughtLesson.objects.count() == 1
    assert LessonTally.objects.get().times_taught == 1


def test_it_needs_an_account(client, lesson):
    response = client.get(f"/en/teaching/lessons/{lesson.translation_key}/")
    assert response.status_code == 302
    assert "login" in response.url


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("class_size", "0", "greater than or equal to 1"),
        ("class_size", "501", "less than or equal to 500"),
        ("grade", "13", "less than or equal to 12"),
        ("rating", "6", "valid choice"),
        ("taught_on", (TODAY + timedelta(days=1)).isoformat(), "still to come"),
        ("taught_on", (TODAY - timedelta(days=400)).isoformat(), "more than a year ago"),
        ("taught_on", "yesterday", "valid date"),
        ("school", "Nowhere School", "no school of this name"),
        ("school", "", "choose the region"),
        ("form_key", "nonsense", "valid UUID"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(as_teacher, lesson, field, value, words):
    response = tell(as_teacher, lesson, **{field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Went well." in page
    assert TaughtLesson.objects.count() == 0


def test_schools_of_one_name_are_told_apart(as_teacher, lesson, school):
    other = factories.OrganisationFactory(name_en="harbour middle school (demo)", kind="school")
    response = tell(as_teacher, lesson)
    assert "Several schools have this name" in response.content.decode()
    assert tell(as_teacher, lesson, school_choice=str(other.pk)).status_code == 302
    assert TaughtLesson.objects.get().school == other


def test_only_its_teacher_sees_and_changes_a_report(as_teacher, lesson, client):
    tell(as_teacher, lesson)
    taught = TaughtLesson.objects.get()
    client.force_login(factories.UserFactory())
    assert client.get(f"/en/teaching/reports/{taught.pk}/").status_code == 404
    assert client.post(f"/en/teaching/reports/{taught.pk}/", answers(class_size="1")).status_code == 404
    assert client.post(f"/en/teaching/reports/{taught.pk}/withdraw/").status_code == 404
    assert lesson.title not in client.get("/en/teaching/").content.decode()
    taught.refresh_from_db()
    assert taught.class_size == 28


def test_an_editor_cannot_change_a_teacher_s_report_either(client, editor, as_teacher, lesson):
    tell(as_teacher, lesson)
    taught = TaughtLesson.objects.get()
    client.force_login(editor)
    assert client.post(f"/en/teaching/reports/{taught.pk}/", answers(class_size="1")).status_code == 404


def test_somebody_else_s_form_is_refused(as_teacher, lesson, client):
    data = answers()
    as_teacher.post(f"/en/teaching/lessons/{lesson.translation_key}/", data)
    client.force_login(factories.UserFactory())
    assert client.post(f"/en/teaching/lessons/{lesson.translation_key}/", data).status_code == 403
    assert TaughtLesson.objects.count() == 1


def test_its_teacher_corrects_it_and_takes_it_back(as_teacher, lesson):
    tell(as_teacher, lesson)
    taught = TaughtLesson.objects.get()
    assert "Went well." in as_teacher.get(f"/en/teaching/reports/{taught.pk}/").content.decode()
    as_teacher.post(f"/en/teaching/reports/{taught.pk}/", answers(class_size="25"))
    taught.refresh_from_db()
    assert taught.class_size == 25
    as_teacher.post(f"/en/teaching/reports/{taught.pk}/withdraw/")
    assert TaughtLesson.objects.count() == 0
    assert LessonTally.objects.get().times_taught == 0


def test_a_lesson_says_how_often_it_was_taught_from_five_times_on(client, lesson):
    teach(lesson, 4)
    assert "Taught" not in client.get("/en/lessons/?stage=primary").content.decode()
    assert "<dt>Taught</dt>" not in client.get(lesson.url).content.decode()
    teach(lesson, 1)
    assert "Taught 5 times" in client.get("/en/lessons/?stage=primary").content.decode()
    assert "<dd>5 times</dd>" in client.get(lesson.url).content.decode()


def test_when_a_teacher_s_account_is_erased_the_number_stays(lesson):
    teacher = factories.UserFactory()
    teach(lesson, 1, teacher=teacher)
    teacher.delete()
    assert TaughtLesson.objects.get().teacher is None


# --- the dashboard ------------------------------------------------------------------------------------
def dashboard(client, query=""):
    return client.get(f"/en/teaching/popularisation/?{query}")


def figures_of(client, name, query=""):
    breakdowns = dashboard(client, query).context["figures"].breakdowns
    found = next(entry for entry in breakdowns if entry.name == name)
    return {entry.label: (entry.lessons, entry.pupils) for entry in found.figures}


@pytest.fixture
def taught(lesson, school):
    secondary = LessonPlanPage.objects.get(slug="may-i-use-this-picture", locale__language_code="en")
    teach(lesson, 6, school=school)
    teach(secondary, 5, region=Region.objects.get(slug="cn-bj"), day=date(TODAY.year, 1, 15))
    teach(secondary, 2, region=Region.objects.get(slug="cn-sh"))


def test_an_editor_sees_lessons_and_pupils_by_every_dimension(client, editor, taught):
    client.force_login(editor)
    page = dashboard(client)
    assert (page.context["figures"].total.lessons, page.context["figures"].total.pupils) == (13, 390)
    assert figures_of(client, "stage") == {"Primary school": (6, 180), "Secondary school": (7, 210)}
    assert figures_of(client, "region")["Guangdong"] == (6, 180)
    assert figures_of(client, "grade") == {"3": (6, 180), "8": (7, 210)}
    assert figures_of(client, "topic")["Copyright"] == (7, 210)
    assert sum(lessons or 0 for lessons, _pupils in figures_of(client, "month").values()) in (11, 13)
    html = page.content.decode()
    assert '<svg class="bars"' in html
    assert '<th scope="row">Guangdong</th>' in html


def test_regions_and_topics_are_named_in_the_reader_s_language(client, editor, taught):
    client.force_login(editor)
    page = client.get("/ar/teaching/popularisation/").content.decode()
    assert "قوانغدونغ" in page
    assert "حق المؤلف" in page
    assert "Guangdong" not in page


def test_small_numbers_are_hidden_on_screen_and_in_exports(client, editor, taught):
    client.force_login(editor)
    assert figures_of(client, "region")["Shanghai"] == (None, None)
    csv = client.get("/en/teaching/popularisation.csv").content.decode()
    assert "Shanghai,fewer than 5," in csv
    assert "Beijing,5,150" in csv


def test_a_region_and_a_year_are_chosen(client, editor, taught):
    client.force_login(editor)
    assert dashboard(client, "region=cn-bj").context["figures"].total.lessons == 5
    assert dashboard(client, f"year={TODAY.year - 1}").context["figures"].total.lessons == 0
    assert dashboard(client, "year=abcd&region=nowhere").status_code == 200


def test_the_workbook_opens_and_holds_numbers(client, editor, taught):
    client.force_login(editor)
    response = client.get("/en/teaching/popularisation.xlsx")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>180.0</v>" in sheet
    assert "<f>" not in sheet


def test_targets_show_how_far_a_region_is(client, editor, taught):
    PopularisationTarget.objects.create(
        region=Region.objects.get(slug="cn-gd"), year=TODAY.year, lessons=12, pupils=400
    )
    client.force_login(editor)
    page = dashboard(client)
    assert [(entry.lessons, entry.pupils) for entry in page.context["figures"].progress] == [(6, 180)]
    assert '<progress max="12" value="6"' in page.content.decode()


def test_gaps_are_said(client, editor, taught):
    client.force_login(editor)
    gaps = dashboard(client).context["gaps"]
    assert "No lesson on “Plant varieties” for grades 7–9" in gaps.lessons
    assert "No lesson on “Trade secrets” for grades 7–9" in gaps.lessons
    assert "No lesson on “Copyright” for grades 7–9" not in gaps.lessons
    assert "No school in Beijing is registered" in gaps.regions
    assert not [entry for entry in gaps.regions if "Guangdong" in entry]
    assert "Not taught this year: “Trade secrets” for university" in gaps.untaught


def test_a_coordinator_sees_the_own_schools_alone(client, taught, lesson):
    root = factories.OrganisationFactory(kind="school")
    coordinator = factories.UserFactory()
    factories.MembershipFactory(user=coordinator, organisation=root, role=Membership.Role.COORDINATOR)
    teach(lesson, 5, school=root)
    client.force_login(coordinator)
    page = dashboard(client)
    assert page.context["figures"].total.lessons == 5
    assert "Guangdong" not in figures_of(client, "region")
    assert "Beijing" not in client.get("/en/teaching/popularisation.csv").content.decode()


def test_teachers_and_strangers_do_not_see_the_dashboard(as_teacher, client):
    for path in ("/en/teaching/popularisation/", "/en/teaching/popularisation.csv", "/en/teaching/popularisation.xlsx"):
        assert as_teacher.get(path).status_code == 403
    client.logout()
    assert client.get("/en/teaching/popularisation/").status_code == 302


def test_the_dashboard_needs_few_queries(client, editor, taught, django_assert_max_num_queries):
    client.force_login(editor)
    dashboard(client)
    with django_assert_max_num_queries(32):
        dashboard(client)
