"""The learner's pages, as the test client sees them."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from courses.assessment.models import AttemptQuestion, QuestionBank
from courses.enrolment.models import Enrolment
from courses.records.models import Statement
from tests import factories

pytestmark = pytest.mark.django_db
COURSE = "ip-for-leading-cadres"


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
