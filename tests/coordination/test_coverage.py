"""The whole platform in one matrix: nine measures, gaps first, as page, XLSX and PDF."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cms.coordination.coverage.matrix import coverage
from cms.directory.models import Membership
from cms.professionals.models import Pool, PoolMember
from cms.vocabulary.models import StrategyMeasure
from courses.catalogue.models import Course
from courses.credentials.api import revoke
from courses.credentials.models import Certificate
from courses.enrolment.api import enrol
from courses.records.api import Verb, record
from curriculum.adoption.models import TaughtLesson
from tests import factories
from tests.cms.test_professionals import profile_of
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db


def figure(measure: str, label: str) -> int:
    found = coverage()
    place = [str(column.label) for column in found.columns].index(label)
    return next(row.counts[place] for row in found.rows if row.measure.slug == measure)


def test_all_nine_measures_stand_in_it_those_with_most_gaps_first() -> None:
    found = coverage()
    assert len(found.rows) == 9
    gaps = [row.gaps for row in found.rows]
    assert gaps == sorted(gaps, reverse=True)
    assert [str(label) for label, _number in found.groups] == ["Content", "Teaching", "Training", "People"]
    assert figure("commercialisation", "Guides") == 5
    assert figure("culture", "Programmes") == 3


def test_training_counts_people_once_and_nobody_whose_certificate_was_revoked(learner) -> None:
    measure = StrategyMeasure.objects.get(slug="legislation")
    before = figure("legislation", "People who completed one")
    for _number in range(2):
        course = factories.make_course()
        course.measures.add(measure)
        course.save()
        enrolment = enrol(learner, Course.objects.get(pk=course.pk))
        record(enrolment, Verb.COMPLETED, enrolment.version.modules.get().activities.get(), key="done")
    assert figure("legislation", "People who completed one") == before + 1
    for certificate in Certificate.objects.filter(enrolment__learner=learner):
        revoke(certificate, "A mistake.", factories.UserFactory())
    assert figure("legislation", "People who completed one") == before


def test_lessons_taught_count_for_the_measures_of_their_programme(lesson) -> None:
    before = figure("culture", "Lessons taught")
    values = {"lesson_key": lesson.translation_key, "lesson_title": lesson.title, "language": "fr", "stage": "primary"}
    for number, day in enumerate((timezone.localdate(), timezone.localdate() - timedelta(days=400))):
        key = f"00000000-0000-0000-0000-00000000000{number}"
        TaughtLesson.objects.create(form_key=key, taught_on=day, class_size=20, **values)
    assert figure("culture", "Lessons taught") == before + 1


def test_people_are_current_members_of_pools(learner) -> None:
    body = factories.OrganisationFactory()
    pool = Pool.objects.create(
        slug="p", title_en="P", description_en="d", rules_en="r", level="national", organisation=body
    )
    pool.measures.add(StrategyMeasure.objects.get(slug="services"))
    today = timezone.localdate()
    PoolMember.objects.create(pool=pool, profile=profile_of(learner), starts_on=today, ends_on=today)
    assert figure("services", "Members of talent pools") == 1
    PoolMember.objects.update(starts_on=today.replace(year=2020), ends_on=today.replace(year=2021))
    assert figure("services", "Members of talent pools") == 0


def test_it_is_for_editors_and_for_those_who_see_people(client, signed_in, admin_client) -> None:
    address = reverse("coordination:coverage")
    assert signed_in.get(address).status_code == 404
    assert admin_client.get(address).status_code == 200
    reporter = factories.MembershipFactory(role=Membership.Role.REPORTER).user
    client.force_login(reporter)
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 302


def test_the_workbook_has_the_same_figures(admin_client) -> None:
    response = admin_client.get(reverse("coordination:coverage_file", args=["xlsx"]))
    content = b"".join(response.streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    found = coverage()
    assert [str(cell) for cell in rows[0]] == found.header()
    assert [row[0] for row in rows[1:]] == [str(row.measure) for row in found.rows]
    assert [int(row[-1]) for row in rows[1:]] == [row.gaps for row in found.rows]
    assert admin_client.get(reverse("coordination:coverage_file", args=["doc"])).status_code == 404


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_paper_is_tagged_and_in_the_readers_language(admin_client, language) -> None:
    with override(language):
        address = reverse("coordination:coverage_file", args=["pdf"])
        measure = str(StrategyMeasure.objects.get(slug="services"))
    response = admin_client.get(address)
    assert response.status_code == 200
    text = "".join(check_accessible_pdf(response.content, language).split())
    assert language == "ar" or "".join(measure.split())[:8] in text  # pypdf gives Arabic back in another order
