"""Professionals: public by consent only, each claim with its source, pools with rules, letters through a relay."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.directory.models import Membership
from cms.privacy.models import Access
from cms.professionals.models import Claim, Consent, Nomination, Pool, PoolMember, Profile, ProfileName
from cms.professionals.parts import Part
from cms.professionals.publishing import look_after_stale, publish, withdraw
from cms.professionals.reviewing import NominationRefused, decide, nominate
from cms.search.asking import parse
from cms.vocabulary.models import Region, Topic
from courses.credentials.api import revoke
from courses.credentials.models import Certificate
from courses.enrolment.api import enrol
from courses.records.api import Verb, record
from tests import factories
from tests.search.conftest import refreshed

pytestmark = pytest.mark.django_db
EVERYTHING = [part.value for part in Part]


def profile_of(user: Any, *names: str, public: bool = True, parts: list[str] | None = None, **values: Any) -> Profile:
    defaults = {"headline": "Patent examiner for polymers", "about": "I read claims.", "languages": "|en|zh|"}
    defaults |= {"sectors": "|C|", "region": Region.objects.get(slug="cn-bj")}
    profile = Profile.objects.create(user=user, **defaults | values)
    for order, name in enumerate(names or (user.name,)):
        ProfileName.objects.create(profile=profile, name=name, sort_order=order)
    profile.topics.set(Topic.objects.filter(slug="patents"))
    if public:
        publish(profile, EVERYTHING if parts is None else parts)
    return profile


@pytest.fixture
def body() -> Any:
    return factories.OrganisationFactory(slug="office", name_en="The Office")


@pytest.fixture
def coordinator(body) -> Any:
    return factories.MembershipFactory(organisation=body, role=Membership.Role.COORDINATOR).user


@pytest.fixture
def pool(body) -> Pool:
    return Pool.objects.create(
        slug="examiners", title_en="Examiners", description_en="d", rules_en="r", level="national", organisation=body
    )


# --- consent ------------------------------------------------------------------------------------------
def test_a_profile_is_shown_to_nobody_before_its_owner_agreed(client, signed_in, learner) -> None:
    form = {
        "names": "李晓雯\nLi Xiaowen",
        "headline": "Trade-mark examiner",
        "topics": Topic.objects.filter(slug="trade-marks").values_list("pk", flat=True),
        "languages": ["zh", "fr"],
        "sectors": ["J"],
        "takes_messages": "on",
    }
    assert signed_in.post(reverse("professionals:mine"), form).status_code == 302
    profile = Profile.objects.get(user=learner)
    assert (profile.main_name, profile.other_names, profile.languages) == ("李晓雯", ["Li Xiaowen"], "|fr|zh|")
    assert client.get(profile.get_absolute_url()).status_code == 404
    refused = signed_in.post(reverse("professionals:publish"), {"parts": ["about"]})
    assert refused.status_code == 400
    assert not Consent.objects.exists()
    signed_in.post(reverse("professionals:publish"), {"parts": ["languages"], "agrees": "on"})
    consent = Consent.objects.get()
    assert (consent.is_given, consent.parts) == (True, "|languages|")
    assert "at any time" in consent.text
    assert client.get(profile.get_absolute_url()).status_code == 200


def test_only_the_parts_that_were_chosen_are_shown_and_found(client, learner) -> None:
    profile = profile_of(learner, "Li Wei", about="I breed quinces.", parts=["languages"])
    Claim.objects.create(profile=profile, kind="education", title="Doctor of Medlars")
    html = client.get(profile.get_absolute_url()).content.decode()
    assert "Chinese" in html
    for secret in ("quinces", "Medlars", "Beijing", learner.email):
        assert secret not in html
    directory = reverse("professionals:directory")
    assert "Li Wei" in client.get(directory, {"language": "zh"}).content.decode()
    for hidden in ({"region": "cn-bj"}, {"sector": "C"}):
        assert "Li Wei" not in client.get(directory, hidden).content.decode()
    assert "Beijing" not in client.get(directory).content.decode()
    with refreshed():
        assert "Li Wei" in client.get(directory, {"q": "Li Wei"}).content.decode()
        for words in ("quinces", "Medlars"):
            assert "Li Wei" not in client.get(directory, {"q": words}).content.decode()
            assert profile.get_absolute_url() not in client.get("/en/search/", {"q": words}).content.decode()


def test_withdrawal_takes_everything_down_at_once(client, signed_in, learner, pool) -> None:
    profile = profile_of(learner, "Li Wei")
    today = timezone.localdate()
    PoolMember.objects.create(pool=pool, profile=profile, starts_on=today, ends_on=today + timedelta(days=9))
    places = [profile.get_absolute_url(), reverse("professionals:write", args=[profile.pk])]
    lists = ["/en/people/", pool.get_absolute_url(), "/en/topics/patents/", "/en/search/?q=Li+Wei"]
    with refreshed():
        assert all("Li Wei" in client.get(address).content.decode() for address in lists)
        signed_in.post(reverse("professionals:withdraw"))
        signed_in.logout()
        assert all(client.get(address).status_code == 404 for address in places)
        # Before the index has learned of it: only the words of the question are left of the name.
        assert all(profile.get_absolute_url() not in client.get(address).content.decode() for address in lists)
    with refreshed():
        assert profile.get_absolute_url() not in client.get(lists[-1]).content.decode()
    assert [consent.is_given for consent in Consent.objects.order_by("at", "pk")] == [True, False]


def test_no_copy_of_a_profile_may_be_kept_on_the_way(client, learner) -> None:
    response = client.get(profile_of(learner).get_absolute_url())
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex, noarchive"' in response.content.decode()


def test_consents_cannot_be_changed(learner) -> None:
    profile_of(learner)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.update(is_given=False)


def test_a_profile_goes_with_the_account(client, learner) -> None:
    profile = profile_of(learner)
    learner.is_active = False
    learner.save()
    assert client.get(profile.get_absolute_url()).status_code == 404


def test_deleting_leaves_nothing_but_the_record_of_consent(signed_in, learner) -> None:
    profile_of(learner)
    signed_in.post(reverse("professionals:delete"))
    assert not Profile.objects.exists()
    assert Consent.objects.filter(user=learner).count() == 2


# --- stale profiles -----------------------------------------------------------------------------------
def test_old_profiles_are_asked_and_then_hidden(client, learner) -> None:
    profile = profile_of(learner)
    year, month = timedelta(days=366), timedelta(days=31)
    now = timezone.now()
    assert look_after_stale(now + timedelta(days=300)) == (0, 0)
    assert look_after_stale(now + year) == (1, 0)
    assert "still right" in mail.outbox[-1].subject
    assert look_after_stale(now + year) == (0, 0)
    assert look_after_stale(now + year + month) == (0, 1)
    assert client.get(profile.get_absolute_url()).status_code == 404
    assert "hidden" in mail.outbox[-1].subject


def test_whoever_answers_is_not_hidden(signed_in, learner) -> None:
    profile = profile_of(learner)
    Profile.objects.update(confirmed_at=timezone.now() - timedelta(days=370))
    look_after_stale()
    signed_in.post(reverse("professionals:confirm"))
    assert look_after_stale(timezone.now() + timedelta(days=40)) == (0, 0)
    profile.refresh_from_db()
    assert profile.is_public


def test_a_mail_server_that_does_not_answer_hides_nobody(learner, monkeypatch) -> None:
    profile_of(learner)
    monkeypatch.setattr("cms.professionals.publishing.send", lambda *args: (_ for _ in ()).throw(OSError()))
    assert look_after_stale(timezone.now() + timedelta(days=366)) == (0, 0)
    assert Profile.objects.get().asked_at is None


# --- claims -------------------------------------------------------------------------------------------
@pytest.fixture
def certificate(learner) -> Certificate:
    enrolment = enrol(learner, factories.make_course(title_en="Trade secrets", valid_months=24))
    record(enrolment, Verb.COMPLETED, enrolment.version.modules.get().activities.get(), key="done")
    return Certificate.objects.in_full().get(enrolment=enrolment)


def test_a_certificate_is_claimed_by_its_holder_and_leads_to_its_proof(client, signed_in, learner, certificate) -> None:
    profile = profile_of(learner)
    assert certificate.code in signed_in.get(reverse("professionals:mine")).content.decode()
    signed_in.post(reverse("professionals:claim_proof"), {"source": "certificate", "key": certificate.code})
    claim = profile.claims.get()
    assert claim.is_verified
    html = client.get(profile.get_absolute_url()).content.decode()
    assert "certificate of this platform" in html
    assert certificate.code in html  # the address of its verification
    again = signed_in.post(
        reverse("professionals:claim_proof"), {"source": "certificate", "key": certificate.code}, follow=True
    )
    assert "already" in again.content.decode()
    assert profile.claims.count() == 1


def test_anothers_certificate_cannot_be_claimed(client, certificate) -> None:
    thief = factories.UserFactory()
    profile = profile_of(thief)
    client.force_login(thief)
    for source, key in (("certificate", certificate.code), ("self", certificate.code), ("register", "1"), ("", "")):
        response = client.post(reverse("professionals:claim_proof"), {"source": source, "key": key}, follow=True)
        assert "not yours" in response.content.decode()
    assert not profile.claims.exists()


def test_a_revoked_certificate_is_no_proof_any_more(client, signed_in, learner, certificate) -> None:
    profile = profile_of(learner)
    signed_in.post(reverse("professionals:claim_proof"), {"source": "certificate", "key": certificate.code})
    revoke(certificate, "A mistake.", factories.UserFactory())
    html = client.get(profile.get_absolute_url()).content.decode()
    assert "no longer holds" in html
    assert "✓" not in html


def test_an_organisation_confirms_what_its_people_say(client, body, coordinator, learner) -> None:
    Membership.objects.create(user=learner, organisation=body, starts_on=date(2020, 1, 1))
    profile = profile_of(learner)
    client.force_login(learner)
    post = {"kind": "post", "title": "Head of section", "organisation": body.pk, "url": "javascript:alert(1)"}
    assert client.post(reverse("professionals:add_claim"), post).status_code == 400
    client.post(reverse("professionals:add_claim"), post | {"url": ""})
    claim = profile.claims.get()
    assert not claim.is_verified
    stranger = factories.MembershipFactory(role=Membership.Role.COORDINATOR).user
    address = reverse("professionals:confirmations")
    client.force_login(stranger)
    assert "Head of section" not in client.get(address).content.decode()
    assert client.post(address, {"claim": claim.pk, "confirm": ""}).status_code == 404
    client.force_login(coordinator)
    assert "Head of section" in client.get(address).content.decode()
    client.post(address, {"claim": claim.pk, "confirm": ""})
    claim.refresh_from_db()
    assert claim.is_verified
    assert "confirmed by the organisation · The Office" in client.get(profile.get_absolute_url()).content.decode()


def test_nobody_confirms_themselves_or_names_a_stranger_as_witness(client, body, coordinator) -> None:
    elsewhere = factories.OrganisationFactory()
    profile = profile_of(coordinator)
    client.force_login(coordinator)
    entry = {"kind": "post", "title": "Director"}
    refused = client.post(reverse("professionals:add_claim"), entry | {"organisation": elsewhere.pk})
    assert refused.status_code == 400
    client.post(reverse("professionals:add_claim"), entry | {"organisation": body.pk})
    claim = profile.claims.get()
    assert client.post(reverse("professionals:confirmations"), {"claim": claim.pk, "confirm": ""}).status_code == 404


def test_claims_are_changed_by_their_owner_only(client, learner) -> None:
    profile = profile_of(learner)
    claim = Claim.objects.create(profile=profile, kind="publication", title="On quinces")
    client.force_login(factories.UserFactory())
    assert client.post(reverse("professionals:delete_claim", args=[claim.pk])).status_code == 404
    assert profile.claims.exists()


# --- letters ------------------------------------------------------------------------------------------
def letter(client: Any, profile: Profile, **values: str) -> Any:
    address = reverse("professionals:write", args=[profile.pk])
    form = client.get(address).context["form"]
    data = {"name": "Ann", "email": "ann@example.org", "message": "May I ask?", "homepage": ""}
    return client.post(address, data | {"started": form["started"].value()} | values)


def test_a_letter_is_sent_on_and_shows_no_address(client, learner, monkeypatch) -> None:
    monkeypatch.setattr("cms.accounts.humans.QUICKEST", 0)
    profile = profile_of(learner)
    response = letter(client, profile)
    assert learner.email not in response.content.decode()
    sent = mail.outbox[-1]
    assert sent.to == [learner.email]
    assert sent.extra_headers["Reply-To"] == "ann@example.org"
    assert "May I ask?" in sent.body
    assert letter(client, profile, email="x\n@example.org").status_code == 400
    profile.takes_messages = False
    profile.save()
    assert client.get(reverse("professionals:write", args=[profile.pk])).status_code == 404


def test_a_person_gets_so_many_letters_a_day_and_no_more(client, learner, monkeypatch) -> None:
    monkeypatch.setattr("cms.accounts.humans.QUICKEST", 0)
    monkeypatch.setattr("cms.professionals.views.public.MOST_LETTERS_A_DAY", 1)
    profile = profile_of(learner)
    assert letter(client, profile).status_code == 200
    refused = letter(client, profile)
    assert refused.status_code == 400
    assert "May I ask?" in refused.content.decode()  # nothing is lost


# --- pools --------------------------------------------------------------------------------------------
def test_a_coordinator_nominates_the_person_agrees_a_colleague_decides(client, body, pool, coordinator) -> None:
    person = factories.UserFactory()
    profile = profile_of(person)
    colleague = factories.MembershipFactory(organisation=body, role=Membership.Role.COORDINATOR).user
    client.force_login(coordinator)
    client.post(reverse("professionals:put_forward", args=[pool.slug, profile.pk]), {"statement": "She is good."})
    nomination = Nomination.objects.get()
    decision = reverse("professionals:decide", args=[pool.slug, nomination.pk])
    client.force_login(colleague)
    client.post(decision, {"decision": "admit"})
    assert not PoolMember.objects.exists()  # the person has not agreed
    client.force_login(person)
    client.post(reverse("professionals:answer_nomination", args=[nomination.pk]), {"agree": ""})
    client.force_login(coordinator)
    client.post(decision, {"decision": "admit"})
    assert not PoolMember.objects.exists()  # whoever nominates does not decide
    client.force_login(colleague)
    client.post(decision, {"decision": "refuse"})
    assert Nomination.objects.get().state == "agreed"  # without a reason nothing is refused
    client.post(decision, {"decision": "admit"})
    client.post(decision, {"decision": "admit"})
    member = PoolMember.objects.get()
    assert (member.ends_on - member.starts_on).days in {1094, 1095}
    assert profile.main_name in client.get(pool.get_absolute_url()).content.decode()


def test_nobody_nominates_themselves_where_the_rules_do_not_allow_it(client, pool, learner) -> None:
    profile = profile_of(learner)
    client.force_login(learner)
    address = reverse("professionals:put_forward", args=[pool.slug, profile.pk])
    response = client.post(address, {"statement": "I am good."})
    assert response.status_code == 400
    assert "Nobody can nominate themselves" in response.content.decode()
    assert "I am good." in response.content.decode()
    assert not Nomination.objects.exists()
    pool.accepts_self_nomination = True
    pool.save()
    assert client.post(address, {"statement": "I am good."}).status_code == 302
    assert Nomination.objects.get().state == "agreed"


def test_coordinators_nominating_themselves_are_told_the_same(pool, coordinator) -> None:
    with pytest.raises(NominationRefused, match="Nobody can nominate themselves"):
        nominate(pool, profile_of(coordinator), coordinator, "x")


def test_other_nominations_that_cannot_be(pool, coordinator, learner) -> None:
    someone = factories.UserFactory()
    profile = profile_of(someone)
    with pytest.raises(NominationRefused, match="Only coordinators"):
        nominate(pool, profile, learner, "x")
    nominate(pool, profile, coordinator, "x")
    with pytest.raises(NominationRefused, match="nominated for the pool already"):
        nominate(pool, profile, coordinator, "x")
    withdraw(profile)
    with pytest.raises(NominationRefused, match="public"):
        nominate(pool, profile, coordinator, "x")
    pool.is_open = False
    with pytest.raises(NominationRefused, match="no nominations"):
        nominate(pool, profile, coordinator, "x")


def test_the_list_is_for_whoever_keeps_the_pool_and_each_member_sees_who_took_it(
    client, pool, coordinator, learner
) -> None:
    profile = profile_of(learner, "=Li", parts=["languages", "pools"])
    today = timezone.localdate()
    PoolMember.objects.create(pool=pool, profile=profile, starts_on=today, ends_on=today)
    address = reverse("professionals:export", args=[pool.slug])
    other = factories.MembershipFactory(role=Membership.Role.COORDINATOR).user
    for user in (learner, other):
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert client.get(reverse("professionals:review", args=[pool.slug])).status_code == 404
    client.force_login(coordinator)
    content = b"".join(client.get(address).streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[1][:2] == ("=Li", "Patent examiner for polymers")
    assert rows[1][3] in (None, "")  # the region is not shown, and an export is no way around it
    assert Access.objects.filter(reader=coordinator, person=learner, what="export").exists()
    client.force_login(learner)
    assert str(coordinator) in client.get(reverse("privacy:privacy")).content.decode()


def test_a_term_is_ended_with_a_reason(client, pool, coordinator, learner) -> None:
    profile = profile_of(learner)
    member = PoolMember.objects.create(pool=pool, profile=profile, starts_on=date(2026, 1, 1), ends_on=date(2040, 1, 1))
    client.force_login(coordinator)
    address = reverse("professionals:end_term", args=[pool.slug, member.pk])
    client.post(address, {"reason": " "})
    assert PoolMember.objects.current().exists()
    client.post(address, {"reason": "Moved abroad."})
    assert not PoolMember.objects.current().exists()
    assert PoolMember.objects.get().ended_because == "Moved abroad."


def test_a_decision_is_made_once(pool, coordinator, learner, body) -> None:
    profile = profile_of(learner)
    nomination = nominate(pool, profile, coordinator, "x")
    Nomination.objects.update(state="agreed")
    colleague = factories.MembershipFactory(organisation=body, role=Membership.Role.COORDINATOR).user
    decide(nomination, colleague, admit=True, reason="")
    with pytest.raises(NominationRefused, match="decided already"):
        decide(nomination, colleague, admit=False, reason="x")


# --- the directory ------------------------------------------------------------------------------------
def test_facets_count_what_the_others_leave(client) -> None:
    first, second = factories.UserFactory(name="Ann"), factories.UserFactory(name="Bob")
    profile_of(first)
    profile_of(second, languages="|fr|", sectors="|J|")
    response = client.get("/en/people/", {"language": "zh"})
    facets = {facet["name"]: facet["values"] for facet in response.context["facets"]}
    assert facets["language"] == [("Chinese", "zh", 1), ("English", "en", 1), ("French", "fr", 1)]
    assert facets["sector"] == [("Manufacturing", "C", 1)]
    assert response.context["count"] == 1


def test_the_list_and_all_its_facets_search_for_the_words_once(client, learner, monkeypatch) -> None:
    profile_of(learner, "Li Wei")
    searched = []
    monkeypatch.setattr("cms.professionals.directory.parse", lambda text: searched.append(text) or parse(text))
    with refreshed():
        response = client.get("/en/people/", {"q": "Li Wei"})
    assert response.context["count"] == 1
    assert searched == ["Li Wei"]


def test_nonsense_in_the_address_is_answered(client) -> None:
    for query in ("?q=%00", "?topic=none&region=%27&page=-1", "?language=xx&sector=ZZ&pool=none", "?q=" + "a" * 5000):
        assert client.get(f"/en/people/{query}").status_code == 200


def test_the_directory_asks_the_same_of_the_database_however_many_are_in_it(
    client, django_assert_max_num_queries
) -> None:
    for number in range(12):
        profile_of(factories.UserFactory(name=f"Person {number}"))
    with django_assert_max_num_queries(30):
        client.get("/en/people/")
