"""Professionals as lecturers: found and asked by coordinators, judged by those who were there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.campaigns.events.models import Attendance, EventPage, Registration
from cms.directory.models import Membership
from cms.professionals.models import Lecturing, Opinion, Profile, TeachingRequest
from cms.professionals.occasions import attended_by, given_by
from cms.professionals.publishing import withdraw
from courses.catalogue.models import Course, Lecturer
from courses.credentials.api import revoke
from courses.credentials.models import Certificate
from courses.enrolment.api import enrol
from courses.records.api import Verb, record
from tests import factories
from tests.cms.test_professionals import profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lecturer() -> Profile:
    profile = profile_of(factories.UserFactory(name="Dr Quill"), "Dr Quill")
    Lecturing.objects.create(profile=profile, forms="|course|online|", subjects="Reading claims\nDesigns")
    return profile


@pytest.fixture
def coordinator() -> Any:
    return factories.MembershipFactory(role=Membership.Role.COORDINATOR).user


def taught(lecturer: Profile, **values: Any) -> Course:
    course = factories.make_course(**values)
    course.lecturers.add(Lecturer.objects.create(name="Dr Quill", profile=lecturer))
    course.save()
    return Course.objects.get(pk=course.pk)


def complete(user: Any, course: Course) -> Certificate:
    enrolment = enrol(user, course)
    record(enrolment, Verb.COMPLETED, enrolment.version.modules.get().activities.get(), key="done")
    return Certificate.objects.get(enrolment=enrolment)


# --- the offer ----------------------------------------------------------------------------------------
def test_a_professional_says_what_they_teach_and_is_found_by_it(client, signed_in, learner) -> None:
    profile = profile_of(learner, "Li Wei", parts=["teaching"])
    address = reverse("professionals:offer")
    assert signed_in.post(address, {"subjects": "Patents"}).status_code == 400
    form = {
        "is_available": "on",
        "forms_offered": ["event"],
        "subjects": "Patents\n\nDesigns",
        "availability": "Mondays",
    }
    signed_in.post(address, form)
    assert Lecturing.objects.get(profile=profile).subject_list == ["Patents", "Designs"]
    assert "Li Wei" in client.get("/en/people/?teaches=event").content.decode()
    assert "Li Wei" not in client.get("/en/people/?teaches=course").content.decode()
    facets = {one["name"]: one["values"] for one in client.get("/en/people/").context["facets"]}
    assert facets["teaches"] == [("Talks and events", "event", 1)]
    assert "Mondays" in client.get(profile.get_absolute_url()).content.decode()


def test_who_does_not_show_it_or_is_not_available_is_not_found(client, lecturer) -> None:
    assert "Dr Quill" in client.get("/en/people/?teaches=course").content.decode()
    Lecturing.objects.update(is_available=False)
    assert "Dr Quill" not in client.get("/en/people/?teaches=course").content.decode()
    Lecturing.objects.update(is_available=True)
    Profile.objects.update(shown="|about|")
    assert "Dr Quill" not in client.get("/en/people/?teaches=course").content.decode()
    assert "Reading claims" not in client.get(lecturer.get_absolute_url()).content.decode()


# --- asking -------------------------------------------------------------------------------------------
def ask(client: Any, lecturer: Profile, **values: Any) -> Any:
    address = reverse("professionals:ask_to_teach", args=[lecturer.pk])
    day = timezone.localdate() + timedelta(days=30)
    return client.post(address, {"subject": "Designs for beginners", "starts_on": day, "message": "Please."} | values)


def test_a_coordinator_asks_and_they_learn_each_others_address_only_if_it_is_accepted(
    client, lecturer, coordinator
) -> None:
    body = coordinator.memberships.get().organisation
    client.force_login(coordinator)
    assert "Ask to teach" in client.get(lecturer.get_absolute_url()).content.decode()
    assert ask(client, lecturer, organisation=body.pk).status_code == 302
    sent = mail.outbox[-1]
    assert (sent.to, "Designs for beginners" in sent.subject) == ([lecturer.user.email], True)
    assert coordinator.email not in sent.body
    request = TeachingRequest.objects.get()
    answer = reverse("professionals:answer_request", args=[request.pk])
    assert client.post(answer, {"accept": ""}).status_code == 404  # not theirs to answer
    client.force_login(lecturer.user)
    assert "Please." in client.get(reverse("professionals:mine")).content.decode()
    client.post(answer, {"decline": "", "answer": "No time."})
    assert lecturer.user.email not in mail.outbox[-1].body
    client.post(answer, {"accept": ""})
    assert TeachingRequest.objects.get().state == "declined"  # answered once
    client.force_login(coordinator)
    ask(client, lecturer, organisation=body.pk)
    second = TeachingRequest.objects.get(state="asked")
    client.force_login(lecturer.user)
    client.post(reverse("professionals:answer_request", args=[second.pk]), {"accept": "", "answer": "With pleasure."})
    assert lecturer.user.email in mail.outbox[-1].body
    assert mail.outbox[-1].to == [coordinator.email]


def test_only_coordinators_ask_and_only_for_what_they_manage(client, lecturer, coordinator, learner) -> None:
    client.force_login(learner)
    assert ask(client, lecturer).status_code == 403
    client.force_login(coordinator)
    assert ask(client, lecturer, organisation=factories.OrganisationFactory().pk).status_code == 400
    own = coordinator.memberships.get().organisation_id
    for wrong in ({"starts_on": date(2020, 1, 1)}, {"ends_on": date(2020, 1, 1)}, {"message": ""}):
        assert ask(client, lecturer, organisation=own, **wrong).status_code == 400
    Lecturing.objects.update(is_available=False)
    assert ask(client, lecturer, organisation=own).status_code == 404
    assert not TeachingRequest.objects.exists()


def test_a_mail_server_that_does_not_answer_keeps_no_request(client, lecturer, coordinator, monkeypatch) -> None:
    def refuse(*arguments: Any, **values: Any) -> None:
        raise OSError

    monkeypatch.setattr("cms.professionals.asking.send", refuse)
    client.force_login(coordinator)
    response = ask(client, lecturer, organisation=coordinator.memberships.get().organisation_id)
    assert response.status_code == 400
    assert "Please." in response.content.decode()
    assert not TeachingRequest.objects.exists()


# --- what those who were there say --------------------------------------------------------------------
def test_who_completed_the_course_gives_stars_once_and_nobody_else(client, lecturer, learner) -> None:
    course = taught(lecturer)
    address = reverse("professionals:opinion", args=[lecturer.pk])
    client.force_login(learner)
    assert client.get(address).status_code == 404
    certificate = complete(learner, course)
    key = f"course:{course.slug}"
    client.post(address, {"occasion": key, "stars": 2})
    client.post(address, {"occasion": key, "stars": 4})
    assert Opinion.objects.get().stars == 4
    for wrong in ({"occasion": key, "stars": 6}, {"occasion": "course:other", "stars": 3}):
        assert client.post(address, wrong).status_code == 400
    revoke(certificate, "A mistake.", factories.UserFactory())
    assert client.get(address).status_code == 404
    client.force_login(lecturer.user)
    assert client.get(address).status_code == 404


def test_an_average_is_shown_from_five_opinions_on(client, lecturer) -> None:
    for stars in (5, 4, 4, 5):
        Opinion.objects.create(profile=lecturer, by=factories.UserFactory(), occasion="course:x", stars=stars)
    assert "stars from" not in client.get(lecturer.get_absolute_url()).content.decode()
    Opinion.objects.create(profile=lecturer, by=factories.UserFactory(), occasion="course:x", stars=5)
    assert "4.6 of 5 stars from 5 people" in client.get(lecturer.get_absolute_url()).content.decode()


def test_courses_and_events_are_joined_to_their_lecturers(client, lecturer, learner) -> None:
    course = taught(lecturer, title_en="Reading claims together")
    event = EventPage.objects.get(slug="evening-with-makers", locale__language_code="en")
    event.speakers.add(lecturer)
    event.save_revision().publish()
    assert [one.title for one in given_by(lecturer)] == ["Reading claims together", event.title]
    for address in (f"/en/courses/{course.slug}/", event.url):
        assert lecturer.get_absolute_url() in client.get(address).content.decode()
    registration = Registration.objects.create(
        event_key=event.translation_key,
        form_key=uuid4(),
        user=learner,
        name="L",
        email="l@example.org",
        language="en",
        state="confirmed",
        seat=1,
    )
    assert attended_by(learner, lecturer) == []
    Attendance.objects.create(
        event_key=event.translation_key,
        session_key=event.sessions.first().key,
        registration=registration,
        scan_id=uuid4(),
        scanned_at=datetime(2027, 4, 1, tzinfo=UTC),
    )
    assert [one.key for one in attended_by(learner, lecturer)] == [f"event:{event.translation_key}"]
    withdraw(lecturer)
    for address in (f"/en/courses/{course.slug}/", event.url):
        assert lecturer.get_absolute_url() not in client.get(address).content.decode()
