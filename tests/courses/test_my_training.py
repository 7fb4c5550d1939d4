"""A learner's own pages: what is owed and why, the transcript, the calendar, training elsewhere."""

import io
from datetime import date

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from courses.credentials.models import CreditEntry, ExternalTraining
from courses.enrolment.models import TrainingPlan
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import earn, make_plan, member
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.fixture(autouse=True)
def _no_other_plans():
    TrainingPlan.objects.all().delete()


@pytest.fixture
def office():
    return factories.OrganisationFactory(name_en="Trade Office", time_zone="Asia/Shanghai")


@pytest.fixture
def person(office):
    return member(office)


def this_year() -> int:
    return timezone.localdate().year


def test_it_says_what_is_owed_by_when_and_why(client, person):
    make_plan(hours=12, year=this_year(), courses=[factories.make_course(title_en="Patents for all")])
    earn(person, "7.5", date(this_year(), 1, 5), titles={"en": "Seminar"})
    client.force_login(person)
    page = client.get(reverse("training:mine")).content.decode()
    assert "You owe 12 credit hours by" in page
    assert "because you belong to Trade Office" in page
    assert "<strong>7.5</strong> of 12 credit hours" in page
    assert "<strong>0</strong> of 1 required courses" in page
    assert "Patents for all" in page


def test_it_asks_strangers_to_sign_in(client):
    for name in ("mine", "transcript", "transcript_file", "external"):
        assert client.get(reverse(f"training:{name}")).status_code == 302


def test_nothing_owed_is_said(client, learner):
    client.force_login(learner)
    assert "No training plan applies to you." in client.get(reverse("training:mine")).content.decode()


def test_the_number_of_queries_does_not_grow(client, person, django_assert_max_num_queries):
    for number in range(4):
        make_plan(year=this_year(), courses=[factories.make_course()])
        earn(person, "1", date(this_year(), 1, number + 1))
    refresh([person.pk])
    client.force_login(person)
    with django_assert_max_num_queries(24):
        client.get(reverse("training:mine"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_transcript_is_on_the_page_and_on_paper(client, person, language):
    earn(person, "2", date(2025, 5, 1), titles={"en": "A seminar", language: f"Seminar {language}"})
    earn(person, "3", date(2026, 2, 1), titles={"en": "Another"})
    client.force_login(person)
    page = client.get(f"/{language}/training/transcript/").content.decode()
    assert f"Seminar {language}" in page
    assert page.index("2026") < page.index("2025")
    check_accessible_pdf(client.get(f"/{language}/training/transcript.pdf").content, language)


def test_the_calendar_has_the_deadlines_and_opens_without_signing_in(client, person):
    make_plan(year=this_year(), title_en="Yearly hours")
    refresh([person.pk])
    client.force_login(person)
    page = client.get(reverse("training:mine")).content.decode()
    address = page.split('href="http://127.0.0.1:8000')[1].split('"')[0]
    client.logout()
    feed = client.get(address)
    assert feed["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{this_year()}1231" in feed.content.decode()
    assert "Due: Yearly hours" in feed.content.decode()
    earn(person, "12", date(this_year(), 1, 5))
    assert "BEGIN:VEVENT" not in client.get(address).content.decode()
    assert client.get(address.replace(".ics", "x.ics")).status_code == 404


# --- training elsewhere ---------------------------------------------------------------------------------
def png() -> bytes:
    file = io.BytesIO()
    PIL.Image.new("RGB", (9, 9)).save(file, "PNG")
    return file.getvalue()


def ask(client, **values):
    given = {
        "title": "Patent search",
        "provider": "Academy",
        "held_on": "2026-03-01",
        "hours": "6",
        "proof": SimpleUploadedFile("proof.pdf", b"%PDF-1.7 ..."),
    }
    return client.post(reverse("training:external"), given | values)


def test_training_elsewhere_counts_once_it_is_recognised(client, person, office):
    client.force_login(person)
    assert ask(client).status_code == 302
    training = ExternalTraining.objects.get()
    assert not CreditEntry.objects.exists()
    boss = factories.MembershipFactory(organisation=office, role="coordinator").user
    client.force_login(boss)
    assert "Patent search" in client.get(reverse("coordinator:recognition")).content.decode()
    decide = reverse("coordinator:decide", args=[training.pk])
    for hours in ("4", "6"):
        client.post(decide, {f"{training.pk}-recognised_hours": hours})
    entry = CreditEntry.objects.get()
    assert (entry.hours, entry.author, entry.earned_on) == (4, boss, date(2026, 3, 1))
    client.force_login(person)
    assert "4 h recognised" in client.get(reverse("training:external")).content.decode()


def test_declining_says_why(client, person, office):
    client.force_login(person)
    ask(client)
    training = ExternalTraining.objects.get()
    client.force_login(factories.MembershipFactory(organisation=office, role="coordinator").user)
    decide = reverse("coordinator:decide", args=[training.pk])
    client.post(decide, {f"{training.pk}-recognised_hours": "0"})
    training.refresh_from_db()
    assert training.decided_at is None
    client.post(decide, {f"{training.pk}-recognised_hours": "0", f"{training.pk}-reason": "No proof of hours"})
    training.refresh_from_db()
    assert training.decided_at is not None
    assert not CreditEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"proof": SimpleUploadedFile("proof.pdf", b"<script>")}, "does not contain what its ending"),
        ({"proof": SimpleUploadedFile("proof.png", b"%PDF-1.7")}, "does not contain what its ending"),
        ({"proof": SimpleUploadedFile("proof.svg", b"<svg/>")}, "PDF, PNG, JPEG"),
        ({"proof": SimpleUploadedFile("proof.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024))}, "larger than 10 MB"),
        ({"hours": "-3"}, "greater than or equal"),
        ({"hours": "900"}, "less than or equal"),
        ({"held_on": "2999-01-01"}, "has not come yet"),
    ],
)
def test_bad_requests_are_refused_in_words(client, person, values, words):
    client.force_login(person)
    answer = ask(client, **values)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not ExternalTraining.objects.exists()


def test_a_picture_is_a_proof_too(client, person):
    client.force_login(person)
    assert ask(client, proof=SimpleUploadedFile("proof.png", png())).status_code == 302


def test_the_proof_is_seen_by_its_owner_and_those_who_decide(client, person, office):
    client.force_login(person)
    ask(client)
    address = reverse("training:proof", args=[ExternalTraining.objects.get().pk])
    boss = factories.MembershipFactory(organisation=office, role="coordinator").user
    elsewhere = factories.MembershipFactory(role="coordinator").user
    for reader, status in ((person, 200), (boss, 200), (elsewhere, 404), (member(office), 404)):
        client.force_login(reader)
        answer = client.get(address)
        assert answer.status_code == status
        if status == 200:
            assert answer["Content-Disposition"].startswith("attachment")
            assert "sandbox" in answer["Content-Security-Policy"]


def test_without_an_organisation_nobody_could_recognise_it(client, learner):
    client.force_login(learner)
    assert client.get(reverse("training:external")).status_code == 403
