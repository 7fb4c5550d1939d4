"""The learner's pages, as the test client sees them."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from courses.assessment.models import Attempt, AttemptQuestion, QuestionBank
from courses.catalogue.versions import publish
from courses.enrolment.models import Enrolment
from courses.player.models import Note
from courses.records.api import progress_of
from courses.records.models import Statement
from courses.records.xapi import as_xapi
from tests import factories

pytestmark = pytest.mark.django_db
COURSE = "ip-for-leading-cadres"
STATIC = Path(settings.BASE_DIR) / "static"


@pytest.fixture
def enrolment(signed_in, learner):
    signed_in.post(reverse("player:enrol", args=[COURSE]))
    return Enrolment.objects.get(learner=learner)


def url(name, enrolment, *args):
    return reverse(f"player:{name}", args=[enrolment.pk, *args])


def quiz_number():
    return 4  # reading, film, reading, quiz


def answer_key(position):
    bank = QuestionBank.objects.get(slug=f"{COURSE}-check-the-rights")
    return list(bank.questions.order_by("sort_order"))[position - 1].options


def keys(position, *, correct):
    return [str(option.key) for option in answer_key(position).all() if option.is_correct is correct]


def test_enrolling_twice_enrols_once(signed_in, learner):
    for _click in range(2):
        response = signed_in.post(reverse("player:enrol", args=[COURSE]))
        assert response.status_code == 302
    assert Enrolment.objects.filter(learner=learner).count() == 1
    assert Statement.objects.filter(enrolment__learner=learner, verb="registered").count() == 1


def test_enrolling_asks_for_a_name_first(client):
    client.force_login(factories.UserFactory(name=""))
    response = client.post(reverse("player:enrol", args=[COURSE]))
    assert response.url.startswith(reverse("account"))
    assert not Enrolment.objects.exists()


def test_it_leads_to_sign_in(client):
    response = client.post(reverse("player:enrol", args=[COURSE]))
    assert "/accounts/login/" in response.url


def test_it_marks_a_reading_done_once_under_double_clicks(signed_in, enrolment):
    for _click in range(2):
        signed_in.post(url("complete", enrolment, 1))
    assert enrolment.statements.filter(verb="completed").count() == 1


def test_opening_an_activity_again_is_not_recorded_again(signed_in, enrolment):
    for _visit in range(3):
        signed_in.get(url("activity", enrolment, 1))
    assert enrolment.statements.filter(verb="launched").count() == 1


def test_it_comes_back_where_the_learner_was(signed_in, enrolment):
    signed_in.get(url("activity", enrolment, 1))
    signed_in.get(url("activity", enrolment, 3))
    assert signed_in.get(url("resume", enrolment)).url == url("activity", enrolment, 3)


def test_a_quiz_is_not_completed_by_saying_so(signed_in, enrolment):
    signed_in.post(url("complete", enrolment, quiz_number()))
    assert not enrolment.statements.filter(verb="completed").exists()


def test_someone_elses_enrolment_does_not_exist(client, enrolment):
    client.force_login(factories.UserFactory())
    for name, args in [("activity", [1]), ("resume", []), ("done", []), ("quiz_result", [4])]:
        assert client.get(url(name, enrolment, *args)).status_code == 404
    assert client.post(url("complete", enrolment, 1)).status_code == 404
    assert not enrolment.statements.filter(verb="completed").exists()


def test_an_activity_number_out_of_range_is_not_found(signed_in, enrolment):
    assert signed_in.get(url("activity", enrolment, 99)).status_code == 404
    assert signed_in.get(url("activity", enrolment, 0)).status_code == 404


def test_answers_are_never_in_the_page(signed_in, enrolment):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    page = signed_in.get(url("quiz_question", enrolment, quiz_number(), 1)).content.decode()
    question = answer_key(1).first().question
    assert question.text_en in page
    assert question.feedback_en not in page
    assert "is_correct" not in page
    # Right and wrong options are marked up alike: only key and text differ.
    labels = re.findall(r'<label class="answer">.*?</label>', page, re.DOTALL)
    shapes = {re.sub(r'value="[^"]+"|<span>[^<]*</span>', "", label) for label in labels}
    assert len(labels) == 3
    assert len(shapes) == 1


@pytest.mark.parametrize("forged", ["not-a-uuid", "00000000-0000-4000-8000-000000000000"])
def test_a_forged_answer_is_refused_and_nothing_is_lost(signed_in, enrolment, forged):
    number = quiz_number()
    signed_in.post(url("quiz_begin", enrolment, number))
    kept = keys(1, correct=True)
    signed_in.post(url("quiz_question", enrolment, number, 1), {"option": kept})
    response = signed_in.post(url("quiz_question", enrolment, number, 1), {"option": [forged]})
    assert response.status_code == 400
    assert "does not belong to this question" in response.content.decode()
    assert AttemptQuestion.objects.get(position=1).response == {"options": kept}


def test_it_goes_on_at_the_first_open_question(signed_in, enrolment):
    number = quiz_number()
    signed_in.post(url("quiz_begin", enrolment, number))
    signed_in.post(url("quiz_question", enrolment, number, 1), {"option": keys(1, correct=True)})
    response = signed_in.post(url("quiz_begin", enrolment, number))
    assert response.url == url("quiz_question", enrolment, number, 2)


def take_quiz(client, enrolment, number, *, correct):
    client.post(url("quiz_begin", enrolment, number))
    for position in range(1, 6):
        client.post(url("quiz_question", enrolment, number, position), {"option": keys(position, correct=correct)[:2]})
    return client.post(url("quiz_hand_in", enrolment, number))


def test_passing_completes_the_quiz(signed_in, enrolment):
    take_quiz(signed_in, enrolment, quiz_number(), correct=True)
    assert enrolment.statements.filter(verb="passed").count() == 1
    assert enrolment.statements.filter(verb="completed").count() == 1


def test_failing_does_not_and_may_be_tried_again(signed_in, enrolment):
    number = quiz_number()
    take_quiz(signed_in, enrolment, number, correct=False)
    assert enrolment.statements.filter(verb="failed").count() == 1
    assert not enrolment.statements.filter(verb="completed").exists()
    take_quiz(signed_in, enrolment, number, correct=True)
    assert enrolment.statements.filter(verb="completed").count() == 1


def test_handing_in_twice_records_once(signed_in, enrolment):
    take_quiz(signed_in, enrolment, quiz_number(), correct=True)
    response = signed_in.post(url("quiz_hand_in", enrolment, quiz_number()))
    assert response.url == url("quiz_result", enrolment, quiz_number())
    assert enrolment.statements.filter(verb="passed").count() == 1


def test_captions_are_served_in_the_language_asked_for(signed_in, enrolment):
    response = signed_in.get(url("captions", enrolment, 2), {"language": "zh-hans"})
    assert response["Content-Type"].startswith("text/vtt")
    assert response.content.decode().startswith("WEBVTT\n\n00:00.000 --> 00:05.000\n一个点子")
    assert signed_in.get(url("captions", enrolment, 2), {"language": "xx"}).status_code == 404


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_query_budget_of_an_activity(signed_in, enrolment, number, django_assert_max_num_queries):
    signed_in.get(url("activity", enrolment, number))
    with django_assert_max_num_queries(20):
        assert signed_in.get(url("activity", enrolment, number)).status_code == 200


def test_the_query_budget_of_a_question(signed_in, enrolment, django_assert_max_num_queries):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    with django_assert_max_num_queries(20):
        signed_in.get(url("quiz_question", enrolment, quiz_number(), 1))


def test_a_question_that_is_not_translated_is_announced(signed_in, enrolment):
    with override("fr"):
        address = url("activity", enrolment, quiz_number())
    assert "n’est pas encore traduite" not in signed_in.get(address).content.decode()
    question = answer_key(1).first().question
    question.text_fr = ""
    question.save()
    assert "n’est pas encore traduite" in signed_in.get(address).content.decode()


# --- answers as a script sends them ----------------------------------------------------------------------
def send(client, enrolment, position, keys, **values):
    return client.post(
        url("quiz_question", enrolment, quiz_number(), position),
        {"option": keys, **values},
        headers={"accept": "application/json"},
    )


@pytest.fixture
def taking(signed_in, enrolment):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    return Attempt.objects.get(submitted_at=None)


def stored(position=1):
    return AttemptQuestion.objects.get(position=position).response


def test_an_answer_is_saved_when_it_is_given(signed_in, enrolment, taking):
    assert send(signed_in, enrolment, 1, keys(1, correct=True)).json() == {"saved": True}
    assert stored() == {"options": keys(1, correct=True)}


def test_a_queue_that_is_sent_late_and_twice_leaves_the_newest_answer(signed_in, enrolment, taking):
    right, wrong = keys(1, correct=True), keys(1, correct=False)[:1]
    send(signed_in, enrolment, 1, right, ago="1000")
    for _time in range(2):
        send(signed_in, enrolment, 1, wrong, ago="60000")
        send(signed_in, enrolment, 1, right, ago="1000")
    assert stored() == {"options": right}


def test_an_answer_from_the_future_is_refused(signed_in, enrolment, taking):
    response = send(signed_in, enrolment, 1, keys(1, correct=True), ago="-5000")
    assert (response.status_code, response.json()["refused"]) == (400, "future")
    assert stored() is None


@pytest.mark.parametrize("ago", ["x", "1e400", "9" * 40])
def test_a_damaged_time_is_refused(signed_in, enrolment, taking, ago):
    assert send(signed_in, enrolment, 1, keys(1, correct=True), ago=ago).status_code == 400
    assert stored() is None


def test_an_attempt_of_another_person_does_not_exist(client, signed_in, enrolment, taking):
    other = factories.UserFactory()
    client.force_login(other)
    client.post(reverse("player:enrol", args=[COURSE]))
    theirs = Enrolment.objects.get(learner=other)
    client.post(url("quiz_begin", theirs, quiz_number()))
    response = send(client, theirs, 1, keys(1, correct=True), attempt=str(taking.pk))
    assert response.status_code == 404
    assert send(client, theirs, 1, keys(1, correct=True), attempt="not-a-uuid").status_code == 404
    assert AttemptQuestion.objects.get(attempt=taking, position=1).response is None


def test_an_answer_after_handing_in_is_kept_and_said(signed_in, enrolment, taking):
    send(signed_in, enrolment, 1, keys(1, correct=True))
    signed_in.post(url("quiz_hand_in", enrolment, quiz_number()))
    response = send(signed_in, enrolment, 1, keys(1, correct=False)[:1], attempt=str(taking.pk))
    assert (response.status_code, response.json()["refused"]) == (409, "closed")
    assert "does not count" in response.json()["message"]
    assert AttemptQuestion.objects.get(position=1).late_response == {"options": keys(1, correct=False)[:1]}


def test_every_answer_of_an_attempt_is_in_the_record_once(signed_in, enrolment):
    take_quiz(signed_in, enrolment, quiz_number(), correct=True)
    signed_in.post(url("quiz_hand_in", enrolment, quiz_number()))
    answered = enrolment.statements.filter(verb="answered")
    assert answered.count() == 5
    assert all(statement.part and statement.result["score"] == {"scaled": 1.0} for statement in answered)


def test_the_record_can_be_read_as_xapi(signed_in, enrolment):
    take_quiz(signed_in, enrolment, quiz_number(), correct=True)
    statements = [as_xapi(statement, "http://example.org") for statement in enrolment.statements.order_by("sequence")]
    verbs = [statement["verb"]["id"].rpartition("/")[2] for statement in statements]
    assert verbs == ["registered", *["answered"] * 5, "submit", "passed", "completed"]
    passed = statements[-2]
    assert passed["result"]["score"] == {"raw": 5.0, "min": 0, "max": 5, "scaled": 1.0}
    assert passed["result"]["success"] is True
    assert passed["context"]["registration"] == str(enrolment.pk)
    assert passed["context"]["revision"] == "1"
    assert enrolment.learner.email not in str(statements)


def test_another_language_is_the_same_place(signed_in, enrolment):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    address = url("quiz_question", enrolment, quiz_number(), 3)
    assert f'href="{address.replace("/en/", "/ar/")}"' in signed_in.get(address).content.decode()
    send(signed_in, enrolment, 3, keys(3, correct=True))
    other = signed_in.get(address.replace("/en/", "/ar/"))
    assert other.context["question"].is_answered
    assert 'dir="rtl"' in other.content.decode()


# --- notes -----------------------------------------------------------------------------------------------
def test_a_note_is_kept_shown_and_taken_away_by_its_owner_only(client, signed_in, enrolment):
    signed_in.post(url("note", enrolment, 1), {"text": "Ask the office", "bookmark": "1"})
    assert "Ask the office" in signed_in.get(url("activity", enrolment, 1)).content.decode()
    assert "Ask the office" in signed_in.get(url("notes", enrolment)).content.decode()
    signed_in.post(url("note", enrolment, 1), {"text": "x" * 4001})
    assert Note.objects.get().text == "Ask the office"
    signed_in.post(url("note", enrolment, 1), {"text": ""})
    assert not Note.objects.exists()
    client.force_login(factories.UserFactory())
    assert client.get(url("notes", enrolment)).status_code == 404
    assert client.post(url("note", enrolment, 1), {"text": "Mine"}).status_code == 404


# --- versions --------------------------------------------------------------------------------------------
def test_a_new_version_is_offered_and_taken_with_what_was_done(signed_in, enrolment):
    signed_in.post(url("complete", enrolment, 1))
    publish(enrolment.course, notes={"en": "The law changed."})
    text = signed_in.get(url("activity", enrolment, 3)).content.decode()
    assert "The law changed." in text
    signed_in.post(url("move_on", enrolment))
    enrolment.refresh_from_db()
    assert enrolment.version.number == 2
    assert "The law changed." not in signed_in.get(url("activity", enrolment, 3)).content.decode()
    assert progress_of(enrolment).percent > 0


def test_a_correction_is_taken_without_asking(signed_in, enrolment):
    signed_in.post(url("complete", enrolment, 1))
    publish(enrolment.course, is_correction=True)
    signed_in.get(url("resume", enrolment))
    enrolment.refresh_from_db()
    assert enrolment.version.number == 2


def test_an_attempt_begun_before_moving_counts_after_it(signed_in, enrolment):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    publish(enrolment.course)
    signed_in.post(url("move_on", enrolment))
    take_quiz(signed_in, enrolment, quiz_number(), correct=True)
    enrolment.refresh_from_db()
    assert Attempt.objects.count() == 1
    assert enrolment.statements.filter(verb="passed", activity__module__version=enrolment.version).count() == 1


# --- offline ---------------------------------------------------------------------------------------------
def test_what_to_keep_on_a_phone_is_told_to_the_owner_only(client, signed_in, enrolment):
    signed_in.post(url("quiz_begin", enrolment, quiz_number()))
    told = signed_in.get(url("offline_contents", enrolment)).json()
    assert url("quiz_question", enrolment, quiz_number(), 5) in told["pages"]
    assert url("file", enrolment, 2, 0) in told["files"]
    assert all(signed_in.get(address).status_code == 200 for address in told["pages"])
    client.force_login(factories.UserFactory())
    assert client.get(url("offline_contents", enrolment)).status_code == 404
    assert client.get(url("token", enrolment)).status_code == 404


def test_reading_pages_are_light(signed_in, enrolment):
    """What a reading costs on 2G, with its styles and scripts, as it is sent: 50 KB at most, 8 KB of it scripts."""
    page = signed_in.get(url("activity", enrolment, 1)).content
    styles = [STATIC / "css" / f"{name}.css" for name in ("tokens", "base", "layout", "components", "player")]
    scripts = [STATIC / "js" / f"{name}.js" for name in ("player", "queue")]
    parts = [page, *(path.read_bytes() for path in styles + scripts)]
    assert sum(len(gzip.compress(part)) for part in parts) < 50_000
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < 8_000
