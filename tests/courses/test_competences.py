"""Competences: what a profession asks, what develops it, and what a person has shown of it."""

import io
import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from modelsearch.backends import get_search_backend
from python_calamine import CalamineWorkbook

from cms.competences.matrix import matrix_of
from cms.competences.models import Competence, Descriptor, Framework, Level
from cms.directory.roles import Role
from courses.competence_map.mapping import map_of
from courses.competence_map.models import CompetenceEvidence
from courses.credentials.issuing import revoke
from courses.credentials.models import Certificate
from courses.enrolment.api import enrol
from courses.records.api import Verb, record
from curriculum.plans.models import LessonPlanPage
from tests import factories
from tests.courses.training import member
from tests.pdf import check_accessible_pdf
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _clock(monkeypatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 27, 4, tzinfo=UTC))


@pytest.fixture
def framework() -> Framework:
    """Two competences: searching at levels 1 and 2, drafting at level 2 only; nothing is asked at level 3."""
    found = Framework.objects.create(slug="examiner", title_en="Examiner", is_published=True)
    levels = [
        Level.objects.create(framework=found, number=number, title_en=title)
        for number, title in enumerate(("Junior", "Examiner", "Senior"), start=1)
    ]
    for order, (slug, numbers) in enumerate((("search", (1, 2)), ("draft", (2,))), start=1):
        competence = Competence.objects.create(framework=found, slug=slug, title_en=slug.title(), sort_order=order)
        for number in numbers:
            Descriptor.objects.create(
                competence=competence, level=levels[number - 1], indicators_en=f"{slug} {number} a\n{slug} {number} b"
            )
    return found


def cell(framework: Framework, competence: str, number: int) -> Descriptor:
    return Descriptor.objects.get(competence__framework=framework, competence__slug=competence, level__number=number)


@pytest.fixture
def office():
    return factories.OrganisationFactory(slug="office", name_en="Office")


@pytest.fixture
def person(office):
    return member(office, user__name="李晓雯", user__email="li@example.org")


def complete(person, *descriptors: Descriptor, slug: str = "course") -> Certificate:
    course = factories.make_course(slug=slug, title_en=slug.title())
    course.develops = list(descriptors)
    course.save()
    record(enrol(person, course), Verb.COMPLETED, course.current.modules.get().activities.get(), key=slug)
    return Certificate.objects.get(enrolment__course=course)


# --- the framework ------------------------------------------------------------------------------------
def test_a_framework_shows_what_develops_it(client, framework, person) -> None:
    complete(person, cell(framework, "search", 1))
    lesson = LessonPlanPage.objects.get(slug="search-before-you-research", locale__language_code="en")
    lesson.develops = [cell(framework, "search", 2)]
    lesson.save_revision().publish()
    html = client.get(framework.get_absolute_url()).content.decode()
    assert reverse("catalogue:course", args=["course"]) in html
    assert lesson.title in html
    assert "search 1 b" in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert [term["name"] for term in data["hasDefinedTerm"]] == ["Search", "Draft"]
    lesson.unpublish()
    assert lesson.title not in client.get(framework.get_absolute_url()).content.decode()


def test_a_course_and_a_lesson_say_what_they_develop(client) -> None:
    for path in ("/zh-hans/courses/ip-management-for-enterprises/", "/ar/lessons/", "/en/competences/"):
        assert client.get(path).status_code == 200
    html = client.get("/zh-hans/courses/ip-management-for-enterprises/").content.decode()
    assert "管理与运用" in html
    assert "知识产权师" in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])
    assert data["educationalAlignment"][0]["alignmentType"] == "teaches"
    lesson = LessonPlanPage.objects.get(slug="search-before-you-research", locale__language_code="ar")
    assert "البحث والتحليل" in client.get(lesson.get_url()).content.decode()


def test_the_starter_framework_is_whole_in_every_language() -> None:
    matrix = matrix_of(Framework.objects.get(slug="ip-specialist"))
    assert len(matrix.descriptors) == 12
    for one in matrix.descriptors:
        counts = {
            len((getattr(one, f"indicators_{column}") or "").splitlines())
            for column in ("en", "zh_hans", "fr", "es", "ru", "ar")
        }
        assert len(counts) == 1, one
        assert counts <= {1, 2}, one


def test_a_framework_is_found_by_its_indicators(client, framework) -> None:
    cell(framework, "draft", 2).delete()
    with refreshed():
        one = cell(framework, "search", 2)
        one.indicators_en = "Reads quagga patents"
        one.save()
        get_search_backend().write_pending()
        assert framework.get_absolute_url() in client.get("/en/search/", {"q": "quagga"}).content.decode()
        framework.is_published = False
        framework.save()
        assert framework.get_absolute_url() not in client.get("/en/search/", {"q": "quagga"}).content.decode()


def test_a_framework_goes_with_all_that_is_in_it(framework) -> None:
    framework.delete()
    assert not Descriptor.objects.filter(competence__slug="draft").exists()


def test_an_unpublished_framework_is_nowhere(client, framework, person) -> None:
    complete(person, cell(framework, "search", 1))
    framework.is_published = False
    framework.save()
    assert client.get(framework.get_absolute_url()).status_code == 404
    assert framework.get_absolute_url() not in client.get(reverse("catalogue:course", args=["course"])).content.decode()
    client.force_login(person)
    assert client.get(reverse("competence_map:mine", args=["examiner"])).status_code == 404


def test_a_descriptor_has_a_level_of_its_own_framework(framework) -> None:
    other = Framework.objects.create(slug="other", title_en="Other")
    level = Level.objects.create(framework=other, number=1, title_en="One")
    with pytest.raises(ValidationError, match="another framework"):
        Descriptor(competence=framework.competences.first(), level=level, indicators_en="x").clean()


# --- a person's own map -------------------------------------------------------------------------------
def standing(person, framework) -> tuple[int | None, int | None, list[str]]:
    found = map_of(person, framework)
    return (
        found.level and found.level.number,
        found.next_level and found.next_level.number,
        [f"{one.competence} {one.level.number}" for one in found.missing],
    )


def test_completed_courses_bring_a_person_forward_level_by_level(person, framework) -> None:
    assert standing(person, framework) == (None, 1, ["Search 1"])
    complete(person, cell(framework, "search", 1))
    assert standing(person, framework) == (1, 2, ["Search 2", "Draft 2"])
    complete(person, cell(framework, "draft", 2), cell(framework, "search", 2), slug="second")
    # The third level asks nothing more than the second: nothing is described at it.
    assert standing(person, framework) == (3, None, [])


def test_a_higher_level_counts_for_the_lower_ones_of_that_competence_only(person, framework) -> None:
    complete(person, cell(framework, "search", 2))
    assert standing(person, framework) == (1, 2, ["Draft 2"])
    cells = {
        (str(competence), one.level.number): one for competence, row in map_of(person, framework).rows for one in row
    }
    assert cells["Search", 1].is_implied
    assert not cells["Search", 1].shown


def test_a_revoked_certificate_shows_nothing(person, framework) -> None:
    certificate = complete(person, cell(framework, "search", 1))
    revoke(certificate, "A mistake", factories.UserFactory())
    assert standing(person, framework)[0] is None


def test_a_framework_without_anything_gives_no_level(person) -> None:
    empty = Framework.objects.create(slug="empty", title_en="Empty", is_published=True)
    assert standing(person, empty) == (None, None, [])
    Level.objects.create(framework=empty, number=1, title_en="One")
    assert standing(person, empty) == (None, 1, [])


def test_the_map_says_what_is_missing_and_where_to_get_it(client, person, framework, django_assert_max_num_queries):
    complete(person, cell(framework, "search", 1))
    course = factories.make_course(slug="drafting", title_en="Drafting claims")
    course.develops = [cell(framework, "draft", 2)]
    course.save()
    client.force_login(person)
    with django_assert_max_num_queries(25):
        html = client.get(reverse("competence_map:mine", args=["examiner"])).content.decode()
    assert "What is missing for Examiner" in html
    assert reverse("catalogue:course", args=["drafting"]) in html
    assert "1 Junior" in html
    assert "1 Junior" in client.get(reverse("competence_map:overview")).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_it_is_exported_for_a_title_evaluation(client, person, framework, language, tmp_path) -> None:
    certificate = complete(person, cell(framework, "search", 1))
    client.force_login(person)
    pdf = client.get(f"/{language}/training/competences/examiner/map.pdf")
    text = check_accessible_pdf(pdf.content, language)
    assert certificate.printed_code in text
    sheet = client.get(f"/{language}/training/competences/examiner/map.xlsx")
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content))).get_sheet_by_index(0).to_python()
    )
    assert rows[1][0] == "Search"
    assert rows[1][5] == certificate.printed_code
    assert len(rows) == 4


# --- evidence -----------------------------------------------------------------------------------------
def form_for(framework: Framework, **values: object) -> dict[str, object]:
    return {
        "descriptor": cell(framework, "draft", 2).pk,
        "title": "A claim set",
        "text": "I drafted it.",
        "done_on": "2026-10-01",
        "proof": SimpleUploadedFile("claims.pdf", PDF),
    } | values


def test_recognised_evidence_shows_a_competence_and_its_own_coordinator_decides_once(
    client, person, office, framework
) -> None:
    client.force_login(person)
    address = reverse("competence_map:evidence", args=["examiner"])
    assert client.post(address, form_for(framework)).status_code == 302
    found = CompetenceEvidence.objects.get()
    assert map_of(person, framework).cells[2].shown == []
    decide = reverse("competence_map:decide", args=[found.pk])
    yes = {f"{found.pk}-decision": "recognised"}

    other = factories.MembershipFactory(organisation=factories.OrganisationFactory(), role=Role.COORDINATOR).user
    for stranger in (other, person):
        client.force_login(stranger)
        assert client.post(decide, yes).status_code == 404
    client.force_login(other)
    assert client.get(reverse("competence_map:proof", args=[found.pk])).status_code == 404
    assert "A claim set" not in client.get(reverse("competence_map:recognition")).content.decode()

    coordinator = factories.MembershipFactory(organisation=office, role=Role.COORDINATOR).user
    client.force_login(coordinator)
    html = client.get(reverse("competence_map:recognition")).content.decode()
    assert "draft 2 a" in html  # beside the indicators
    client.post(decide, {f"{found.pk}-decision": "declined"})  # a no says why
    assert CompetenceEvidence.objects.get().state == "asked"
    client.post(decide, yes)
    client.post(decide, {f"{found.pk}-decision": "declined", f"{found.pk}-reason": "Changed my mind"})
    assert CompetenceEvidence.objects.get().state == "recognised"
    assert [one.title for one in map_of(person, framework).cells[2].shown] == ["A claim set"]


def test_nobody_decides_about_their_own(client, office, framework) -> None:
    both = factories.MembershipFactory(organisation=office, role=Role.COORDINATOR).user
    values = {"descriptor": cell(framework, "draft", 2), "title": "Mine", "text": "-", "done_on": date(2026, 1, 1)}
    found = CompetenceEvidence.objects.create(learner=both, organisation=office, proof="x.pdf", **values)
    client.force_login(both)
    client.post(reverse("competence_map:decide", args=[found.pk]), {f"{found.pk}-decision": "recognised"})
    assert CompetenceEvidence.objects.get().state == "asked"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"done_on": "2027-01-01"}, "not come yet"),
        ({"proof": SimpleUploadedFile("claims.pdf", b"MZ")}, "does not contain"),
        ({"descriptor": "999999"}, "Select a valid choice"),
        ({"title": ""}, "required"),
    ],
)
def test_evidence_that_cannot_be_is_refused_and_what_was_written_stays(client, person, framework, change, problem):
    client.force_login(person)
    refused = client.post(reverse("competence_map:evidence", args=["examiner"]), form_for(framework, **change))
    assert refused.status_code == 400
    html = refused.content.decode()
    assert problem in html
    assert "I drafted it." in html
    assert not CompetenceEvidence.objects.exists()


# --- in the admin -------------------------------------------------------------------------------------
LANGUAGES = ("en", "zh_hans", "fr", "es", "ru", "ar")


def competence_form(framework: Framework, *levels: Level) -> dict[str, object]:
    counts = {"TOTAL": len(levels), "INITIAL": 0, "MIN_NUM": 0, "MAX_NUM": 1000}
    form: dict[str, object] = {f"{name}_{code}": "" for name in ("title", "description") for code in LANGUAGES}
    form |= {"title_en": "Advising", "framework": framework.pk, "slug": "advise", "sort_order": "3"}
    form |= {f"descriptors-{name}_FORMS": number for name, number in counts.items()}
    for place, level in enumerate(levels):
        row = {"id": "", "DELETE": "", "level": level.pk, "indicators_en": "Answers questions"}
        row |= {f"indicators_{code}": "" for code in LANGUAGES if code != "en"}
        form |= {f"descriptors-{place}-{name}": value for name, value in row.items()}
    return form


def test_a_competence_is_described_level_by_level_in_the_admin(admin_client, framework) -> None:
    add = reverse("wagtailsnippets_competences_competence:add")
    other = Level.objects.create(
        framework=Framework.objects.create(slug="other", title_en="Other"), number=1, title_en="One"
    )
    junior, examiner, _senior = framework.levels.all()
    refused = admin_client.post(add, competence_form(framework, other))
    assert "This level belongs to another framework." in refused.content.decode()
    refused = admin_client.post(add, competence_form(framework, junior, junior))
    assert "duplicate" in refused.content.decode()
    assert not Competence.objects.filter(slug="advise").exists()
    admin_client.post(add, competence_form(framework, junior, examiner))
    assert Descriptor.objects.filter(competence__slug="advise").count() == 2
