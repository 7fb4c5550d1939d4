"""What is stored about a person: all of it is told, who looked is told, and it is erased where it may be."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.correspondence.models import Subscription
from cms.directory.models import Membership
from cms.privacy.erasure import ask, erase, keep_privacy
from cms.privacy.kinds import kinds, model_of
from cms.privacy.models import Access, ErasureRequest
from courses.credentials.models import Certificate, CertificateHolder, ExternalTraining
from courses.enrolment.api import enrol
from courses.enrolment.models import Cohort
from courses.player.models import Note
from courses.records.api import Verb, first_fault, record
from courses.rosters.api import upload
from tests import factories
from tests.courses.training import member
from tests.pdf import check_accessible_pdf

pytestmark = pytest.mark.django_db
# Accounts that are named for what they did in the open, in the work of others: who wrote, decided or uploaded.
IN_OFFICE = {"locked_by", "owner", "sent_by", "jurors", "by", "published_by", "granted_by", "marked_by", "assigned_by"}
IN_OFFICE |= {"author", "withdrawn_by", "marker", "decided_by", "last_translated_by", "uploaded_by_user", "reader"}
IN_OFFICE |= {"entered_by", "requested_by", "finished_by", "resolved_by"}
# Wagtail's own logs of editors' work, and membership lists that go with the account.
OTHERS = {"wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.Revision", "wagtailcore.Comment"}
OTHERS |= {"wagtailcore.CommentReply", "enrolment.Cohort", "associations.AssociationPage", "events.EventPage"}
OTHERS |= {"bases.TrainingBase"}  # the address of an office


@pytest.fixture
def office():
    return factories.OrganisationFactory(slug="office", name_en="Office")


@pytest.fixture
def person(office):
    return member(office, user__name="李晓雯", user__email="li@example.org")


@pytest.fixture
def enrolment(person):
    course = factories.make_course()
    found = enrol(person, course)
    record(found, Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    Note.objects.create(enrolment=found, activity_key=found.pk, text="my own words")
    return found


def test_every_model_that_leads_to_a_person_says_what_becomes_of_it():
    named = {model_of(kind) for kind in kinds()}
    forgotten = set()
    for model in apps.get_models():
        leads = {
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey | models.ManyToManyField)
            and field.related_model is User
            and field.name not in IN_OFFICE
        }
        leads |= {field.name for field in model._meta.get_fields() if isinstance(field, models.EmailField)}
        if leads and model not in named and model._meta.label not in OTHERS:
            forgotten.add(model._meta.label)
    assert not forgotten


def test_every_kind_can_be_asked_and_blanked(person):
    for kind in kinds():
        names = {field.name for field in model_of(kind)._meta.get_fields()}
        assert set(kind.blank) | set(kind.hidden) | set(kind.files) <= names, kind.model
        assert not kind.days or kind.age in names


def test_a_person_takes_everything_along(client, person, enrolment):
    Subscription.objects.create(email="Li@Example.org", subject="press", language="en")
    client.force_login(person)
    data = json.loads(client.get(reverse("privacy:export_json")).content)
    rows = {entry["kind"]: entry["rows"] for entry in data["data"]}
    assert rows["accounts.User"][0]["email"] == "li@example.org"
    assert "password" not in rows["accounts.User"][0]
    assert rows["player.Note"][0]["text"] == "my own words"
    assert rows["credentials.CreditEntry"][0]["hours"] == "2.0"
    assert len(rows["records.Statement"]) == 2
    assert rows["correspondence.Subscription"][0]["email"] == "Li@Example.org"


@pytest.mark.parametrize("language", ["en", "zh-hans", "ar"])
def test_it_can_be_read_on_paper(client, person, enrolment, language):
    client.force_login(person)
    pdf = client.get(f"/{language}/account/privacy/my-data.pdf").content
    assert "李晓雯" in check_accessible_pdf(pdf, language)


def test_nobody_takes_another_s(client, person, enrolment):
    client.force_login(factories.UserFactory())
    assert b"my own words" not in client.get(reverse("privacy:export_json")).content
    client.logout()
    for name in ("privacy", "export_json", "export_pdf"):
        assert client.get(reverse(f"privacy:{name}")).status_code == 302


# --- who looked -----------------------------------------------------------------------------------------
def test_who_looked_is_told_once_an_hour(client, person, office):
    from cms.accounts.links import token_for

    boss = factories.MembershipFactory(organisation=office, role="coordinator", user__name="Jean Boss").user
    client.force_login(boss)
    for _look in range(2):
        client.get(reverse("coordinator:person", args=[token_for("person", person.pk)]))
    course = factories.make_course()
    client.get(reverse("reports:file", args=["course", course.slug, "csv"]))
    client.force_login(person)
    page = client.get(reverse("privacy:privacy")).content.decode()
    assert page.count("Jean Boss") == 2
    assert "Your page in the reports" in page
    assert "An export of people" in page


def test_a_look_at_a_cohort_and_at_a_proof_is_told(client, person, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    boss = factories.MembershipFactory(organisation=office, role="coordinator", user__name="Jean Boss").user
    cohort = Cohort.objects.create(organisation=office, title="Spring")
    cohort.people.add(person, boss)
    training = ExternalTraining.objects.create(
        learner=person,
        organisation=office,
        title="Seminar",
        provider="x",
        hours=2,
        held_on=timezone.localdate(),
        proof=ContentFile(b"%PDF-1.4", "proof.pdf"),
    )
    client.force_login(boss)
    client.get(reverse("planning:cohort", args=[cohort.pk]))
    client.get(reverse("training:proof", args=[training.pk]))
    assert set(Access.objects.filter(reader=boss).values_list("person", "what")) == {
        (person.pk, "people"),
        (person.pk, "work"),
    }


def test_looks_at_others_and_before_one_s_time_are_not_told(person, office):
    elsewhere = factories.OrganisationFactory()
    reader, other = factories.UserFactory(), factories.UserFactory()
    today = timezone.localdate()
    for number, (about, day) in enumerate(
        [
            ({"organisation": office}, today),
            ({"organisation": elsewhere}, today),
            ({"organisation": office}, today.replace(year=2001)),
            ({"person": other}, today),
        ]
    ):
        Access.objects.create(reader=reader, what="people", day=day, key=str(number), **about)
    assert [look.key for look in Access.objects.about(person)] == ["0"]


# --- erasure --------------------------------------------------------------------------------------------
def test_asking_needs_the_password_and_can_be_taken_back(client, person):
    client.force_login(person)
    address = reverse("privacy:privacy")
    assert client.post(address, {"password": "wrong"}).status_code == 400
    for _press in range(2):
        client.post(address, {"password": "imprint-demo"})
    request = ErasureRequest.objects.get()
    assert request.due_at - request.asked_at >= timedelta(days=6, hours=23)
    assert keep_privacy() == 0
    client.post(reverse("privacy:change_mind"))
    assert keep_privacy(timezone.now() + timedelta(days=30)) == 0
    person.refresh_from_db()
    assert person.is_active


def test_passwords_cannot_be_tried_out(client, person):
    client.force_login(person)
    answers = [client.post(reverse("privacy:privacy"), {"password": "x"}).content.decode() for _try in range(6)]
    assert "Too many tries" in answers[-1]


def test_what_must_be_kept_has_no_name_and_the_chain_holds(client, person, office, enrolment):
    code = Certificate.objects.get().code
    training = ExternalTraining(
        learner=person, organisation=office, title="x", provider="y", held_on=timezone.localdate(), hours=2
    )
    training.proof.save("proof.pdf", ContentFile(b"%PDF-"), save=True)
    storage, name = training.proof.storage, training.proof.name
    Subscription.objects.create(email="li@example.org", subject="press", language="en")
    browser = Client()
    browser.force_login(person)
    ask(person)
    call_command("keep_privacy")
    assert keep_privacy(timezone.now() + timedelta(days=8)) == 1
    person.refresh_from_db()
    assert not person.is_active
    assert person.name == ""
    assert "li@" not in person.email
    assert first_fault(enrolment) is None
    assert enrolment.statements.count() == 2
    assert person.credit_entries.count() == 1
    assert not CertificateHolder.objects.exists()
    assert not Note.objects.exists()
    assert not Subscription.objects.exists()
    assert not storage.exists(name)
    assert not Session.objects.exists()
    assert browser.get(reverse("privacy:privacy")).status_code == 302
    page = client.get(reverse("credentials:verify", args=[code])).content.decode()
    assert "erased at their own wish" in page
    assert "李晓雯" not in page


def test_nowhere_in_the_database_is_the_name_left(person, office, enrolment):
    from django.db import connection

    erase(person)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert not any("李晓雯" in str(cell) or "li@example.org" in str(cell) for cell in row), table


def test_nobody_is_erased_together_with_somebody_else(person, office):
    other = member(office)
    erase(person)
    erase(factories.UserFactory())
    other.refresh_from_db()
    assert other.is_active
    assert Membership.objects.filter(user=other).exists()


def test_a_roster_s_names_are_forgotten_after_three_months(office):
    boss = factories.MembershipFactory(organisation=office, role="coordinator").user
    roster = upload(office, boss, "r.csv", b"name,email\nA,a@example.org\n", is_whole=False)
    storage, name = roster.file.storage, roster.file.name
    keep_privacy(timezone.now() + timedelta(days=80))
    assert storage.exists(name)
    keep_privacy(timezone.now() + timedelta(days=91))
    roster.refresh_from_db()
    assert not storage.exists(name)
    assert not roster.can_be_applied
