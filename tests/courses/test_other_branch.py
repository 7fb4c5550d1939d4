"""Every address of the site, asked and posted to by a coordinator of another branch, tells and changes nothing.

The addresses come from the resolver: a new one is walked without being named here. Its arguments are those of the
hidden branch: slugs, keys, tokens and codes of everything that there is in it.
"""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters
from django.utils import timezone

from cms.accounts.links import token_for
from cms.accounts.models import User
from cms.competences.models import Descriptor
from cms.directory.models import Membership, Organisation
from courses.competence_map.models import CompetenceEvidence
from courses.credentials.ledger import correct
from courses.credentials.models import Certificate, ExternalTraining
from courses.enrolment.api import enrol
from courses.enrolment.models import Cohort, PlanAssignment, PlanException, TrainingPlan
from courses.evidence.models import Evidence
from courses.intermediaries.models import Application, Practice, QualificationTrack
from courses.records.api import Verb, record
from courses.reports.models import SavedReport
from courses.rosters import api as rosters
from courses.rosters.models import Roster
from courses.training.models import Obligation
from courses.training.refresh import refresh
from tests import factories
from tests.courses.training import make_plan, member

pytestmark = pytest.mark.django_db
HIDDEN = "Zhang Hidden"
SECRETS = (HIDDEN, "zhang@hidden.example.org", "Hidden seminar", "hidden.csv", "Hidden cohort", "Hidden reason")
MOST = 12  # combinations of arguments for one address
# Shown to whoever has the code of a certificate: that is what it is for. The name of the holder stands on it.
PUBLIC = {"credentials:verify"}
TELLING = {
    *("coordinator:person", "coordinator:recognition", "reports:people", "reports:course", "reports:file"),
    *("reports:saved", "rosters:rosters", "rosters:roster", "planning:plans", "planning:plan", "planning:cohort"),
    *("training:proof", "reports:change", "competence_map:recognition", "competence_map:proof"),
    "intermediaries:confirmations",
}
# The site's machinery, and pages that a person opens for themselves only with a secret of their own.
NOT_WALKED = ("admin/", "documents/", "media/")


@pytest.fixture
def hidden(settings, tmp_path):
    """A branch with one of everything."""
    settings.MEDIA_ROOT = tmp_path
    TrainingPlan.objects.all().delete()
    body = factories.OrganisationFactory(slug="hidden-body", name_en="Hidden body")
    office = factories.OrganisationFactory(slug="hidden-office", name_en="Hidden office", parent=body)
    boss = factories.MembershipFactory(organisation=body, role="coordinator").user
    factories.MembershipFactory(organisation=body, role="administrator", user=boss)
    person = member(office, user__name=HIDDEN, user__email="zhang@hidden.example.org", grade="4")
    course = factories.make_course(title_en="Patents", slug="patents")
    plan = make_plan(slug="hidden-plan", title_en="Hidden plan", organisation=body, year=timezone.localdate().year)
    record(enrol(person, course), Verb.COMPLETED, course.current.modules.get().activities.get(), key="done")
    ExternalTraining.objects.create(
        learner=person,
        organisation=office,
        title="Hidden seminar",
        provider="x",
        hours=2,
        held_on=date(2026, 1, 1),
        proof=ContentFile(b"%PDF-1.4 Hidden reason", "proof.pdf"),
    )
    _on_the_way_to_a_qualification(person, office)
    correct(person, 1, "Hidden reason", boss, organisation=office, key=uuid.uuid4())
    today = timezone.localdate()
    PlanException.objects.create(
        plan=plan,
        learner=person,
        organisation=office,
        kind="leave",
        starts_on=today,
        ends_on=today,
        reason="Hidden reason",
        author=boss,
    )
    cohort = Cohort.objects.create(organisation=office, title="Hidden cohort")
    cohort.people.add(person)
    PlanAssignment.objects.create(plan=plan, person=person)
    rosters.upload(office, boss, "hidden.csv", b"name,email\nZhang Hidden,a@hidden.example.org\n", is_whole=False)
    Evidence.objects.create(organisation=body, plan=plan, starts_on=today, ends_on=today, author=boss, state="ready")
    SavedReport.objects.create(
        owner=boss, title=HIDDEN, report="people", subject="hidden-plan", starts_on=today, rhythm="daily"
    )
    refresh()
    assert Obligation.objects.filter(learner=person).exists()
    return person


def _on_the_way_to_a_qualification(person: User, office: Organisation) -> None:
    today = timezone.localdate()
    track = QualificationTrack.objects.get(slug="patent-agent")
    Practice.objects.create(
        person=person, track=track, organisation=office, starts_on=today, ends_on=today, hours=1, work="Hidden seminar"
    )
    Application.objects.create(person=person, track=track)
    CompetenceEvidence.objects.create(
        learner=person,
        organisation=office,
        descriptor=Descriptor.objects.first(),
        title="Hidden seminar",
        text="Hidden reason",
        done_on=today,
        proof=ContentFile(b"%PDF-1.4 Hidden reason", "proof.pdf"),
    )


@pytest.fixture
def outsider(hidden):
    """Coordinates, reports and administers elsewhere, where there are people, too."""
    elsewhere = factories.OrganisationFactory(slug="elsewhere", name_en="Elsewhere")
    user = factories.UserFactory()
    for role in ("coordinator", "reporter", "administrator"):
        factories.MembershipFactory(organisation=elsewhere, user=user, role=role)
    member(elsewhere)
    return user


@dataclass(frozen=True)
class Address:
    """A named address: the converters of its arguments in order, and its pattern with them in angle brackets."""

    name: str
    converters: tuple[Any, ...]
    words: str


def patterns(resolver: URLResolver, above: Address = Address("", (), "")) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        converters = (*above.converters, *entry.pattern.converters.values())
        words = above.words + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            name = f"{above.name}{entry.namespace}:" if entry.namespace else above.name
            yield from patterns(entry, Address(name, converters, words))
        elif isinstance(entry, URLPattern) and entry.name:
            yield Address(f"{above.name}{entry.name}", converters, words)


def values(hidden: User) -> dict[str, list[Any]]:
    """What the hidden branch would give for an argument, by the name of its converter."""
    enrolment, exception = hidden.enrolments.get(), PlanException.objects.get()
    keys = [ExternalTraining.objects.get(), Roster.objects.get(), Evidence.objects.get(), SavedReport.objects.get()]
    keys += [Practice.objects.get(), Application.objects.get(), CompetenceEvidence.objects.get()]
    certificate = Certificate.objects.get()
    numbers = [1, exception.pk, Cohort.objects.get().pk, hidden.pk, hidden.memberships.get().pk]
    tokens = [token_for(purpose, key) for purpose in ("person", "calendar") for key in (hidden.pk, str(hidden.pk))]
    return {
        "uuid": [enrolment.pk, certificate.pk, *(found.pk for found in keys)],
        "int": list(dict.fromkeys(numbers)),
        "slug": ["hidden-plan", "patents", "hidden-body", "hidden-office", "all", "patent-agent", "ip-specialist"],
        "str": [*tokens, certificate.code, str(enrolment.pk)],
        "path": ["hidden"],
        "report": ["people", "completions", "plan", "course", "courses", "plans"],
        "file_form": ["csv", "xlsx", "pdf"],
    }


def addresses(hidden: User) -> Iterator[tuple[str, str]]:
    pool = values(hidden)
    kinds = {type(converter): name for name, converter in get_converters().items()}
    for address in patterns(get_resolver()):
        words = address.words
        if words.startswith(NOT_WALKED) or "(?P" in words:
            continue
        choices = [pool.get(kinds.get(type(converter), ""), [1]) for converter in address.converters]
        for chosen in islice(product(*choices), MOST):
            given = iter(chosen)
            yield address.name, "/" + re.sub(r"<[^>]+>", lambda _found, given=given: str(next(given)), words)


def content_of(answer: Any) -> str:
    return b"".join(answer).decode(errors="replace") if answer.status_code == 200 else answer.content.decode()


def kept() -> dict[str, int]:
    """How many rows there are of everything that is about the hidden person and their branch."""
    counted = (Certificate, Cohort, Evidence, ExternalTraining, Membership, Organisation, PlanException, TrainingPlan)
    return {model.__name__: model._default_manager.count() for model in counted}


def test_no_address_tells_a_coordinator_of_another_branch_anything(client, hidden, outsider):
    client.force_login(outsider)
    client.raise_request_exception = False
    walked = set()
    for name, address in addresses(hidden):
        if name in PUBLIC or name == "account_logout":
            continue
        with transaction.atomic():
            answer = client.get(address)
            assert answer.status_code < 500, address
            content = content_of(answer)
            transaction.set_rollback(True)
        walked.add(name)
        for secret in SECRETS:
            assert secret not in content, f"{address} tells “{secret}”"
    assert len(walked) > 120, sorted(walked)
    # The same walk by the branch's own coordinator finds what is hidden: it looks where there is something to see.
    client.force_login(Roster.objects.get().author)
    told = {
        name
        for name, address in addresses(hidden)
        if name in TELLING and any(secret in content_of(client.get(address)) for secret in SECRETS)
    }
    assert told == TELLING


def test_no_address_lets_a_coordinator_of_another_branch_change_anything(client, hidden, outsider):
    client.force_login(outsider)
    client.raise_request_exception = False
    before = kept()
    saved = dict(SavedReport.objects.values_list("pk", "title"))
    for name, address in addresses(hidden):
        if name in {"account_logout", "privacy:erase"}:
            continue
        with transaction.atomic():
            answer = client.post(address)
            assert answer.status_code < 500, address
            assert not any(secret in content_of(answer) for secret in SECRETS) or name in PUBLIC, address
            assert kept() == before, address
            assert dict(SavedReport.objects.values_list("pk", "title")) == saved, address
            assert not PlanException.objects.exclude(withdrawn_at=None).exists(), address
            for model in (ExternalTraining, Practice, Application, CompetenceEvidence):
                assert not model._default_manager.exclude(decided_at=None).exists(), address
            transaction.set_rollback(True)
