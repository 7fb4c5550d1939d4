"""What each kind of activity asks, keeps and records."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.campaigns.events.checkin import attended
from cms.campaigns.events.models import Attendance, Registration
from courses.activities.assignment.models import AssignmentRules, Criterion, Marking, Submission
from courses.activities.discussion.models import Post
from courses.activities.live_session.models import LiveSession
from courses.activities.quiz.tasks import close_overdue
from courses.activities.slides.models import SlideDeck
from courses.activities.slides.pages import validate_pdf
from courses.activities.survey.models import SurveyAnswer, SurveyQuestion
from courses.assessment.models import AttemptQuestion
from courses.catalogue.versions import activities_of, publish
from courses.enrolment.api import enrol
from courses.records.api import progress_of
from tests import factories
from tests.campaigns.pages import event
from tests.factories import bank_of, make_question

pytestmark = pytest.mark.django_db


def course_of(kind, prepare):
    """A course on offer with one activity of a kind, which ``prepare`` adds to."""
    course = factories.CourseFactory()
    activity = factories.ActivityFactory(module=factories.ModuleFactory(course=course), kind=kind)
    prepare(activity)
    publish(course)
    course.refresh_from_db()
    return course


def url(name, enrolment, *args):
    return reverse(f"player:{name}", args=[enrolment.pk, 1, *args])


def is_done(enrolment):
    return progress_of(enrolment).percent == 100


def page(client, enrolment):
    return client.get(url("activity", enrolment)).content.decode()


@pytest.fixture
def marker(db, django_user_model):
    return django_user_model.objects.create_superuser("marker@example.org", "x", name="Marker")


@pytest.fixture
def as_marker(marker):
    from django.test import Client

    client = Client()
    client.force_login(marker)
    return client


# --- assignment ------------------------------------------------------------------------------------------
@pytest.fixture
def assigned(learner):
    def rubric(activity):
        AssignmentRules.objects.create(activity=activity, pass_percent=60)
        for number, title in enumerate(("Rights", "Advice"), start=1):
            Criterion.objects.create(activity=activity, sort_order=number, title_en=title, points=5)

    return enrol(learner, course_of("assignment", rubric))


def hand_in(client, enrolment, text="My memo", file=None, key=None):
    fields = {"form_key": str(key or uuid4()), "text": text} | ({"file": file} if file else {})
    return client.post(url("assignment_submit", enrolment), fields)


def mark(client, submission, *points, comment=""):
    keys = [str(criterion.key) for criterion in submission.activity.criteria.order_by("sort_order")]
    fields = dict(zip(keys, map(str, points), strict=True)) | {"comment": comment}
    return client.post(reverse("marking:submission", args=[submission.pk]), fields)


def test_an_assignment_is_handed_in_marked_and_passed(signed_in, as_marker, assigned):
    hand_in(signed_in, assigned)
    assert "waits to be marked" in page(signed_in, assigned)
    assert (
        "My memo" in as_marker.get(reverse("marking:submission", args=[Submission.objects.get().pk])).content.decode()
    )
    mark(as_marker, Submission.objects.get(), 5, 2, comment="Name the filing date.")
    assert is_done(assigned)
    assert "7 of 10 points" in page(signed_in, assigned)
    assert "Name the filing date." in page(signed_in, assigned)
    passed = assigned.statements.get(verb="passed")
    assert passed.result["score"] == {"raw": 7, "min": 0, "max": 10, "scaled": 0.7}
    assert passed.context["instructor"] == Marking.objects.get().marker_id


def test_what_is_not_passed_is_handed_in_again(signed_in, as_marker, assigned):
    hand_in(signed_in, assigned)
    mark(as_marker, Submission.objects.get(), 1, 1)
    assert not is_done(assigned)
    assert "You may hand in again" in page(signed_in, assigned)
    hand_in(signed_in, assigned, "Better")
    mark(as_marker, Submission.objects.get(text="Better"), 5, 5)
    assert is_done(assigned)


def test_a_form_sent_twice_is_one_submission_and_marked_once(signed_in, as_marker, assigned):
    key = uuid4()
    for _click in range(2):
        hand_in(signed_in, assigned, key=key)
    submission = Submission.objects.get()
    mark(as_marker, submission, 5, 5)
    mark(as_marker, submission, 0, 0)
    assert Marking.objects.get().earned == 10
    assert assigned.statements.filter(verb="submitted").count() == 1


def test_more_points_than_there_are_are_refused(signed_in, as_marker, assigned):
    hand_in(signed_in, assigned)
    assert mark(as_marker, Submission.objects.get(), 6, 0).status_code == 200
    assert not Marking.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("memo.exe", b"MZ", "Upload a file of one of these kinds"),
        ("memo.pdf", b"not a pdf", "does not contain what its ending"),
        ("memo.docx", b"PK\x03\x04broken", "does not contain what its ending"),
    ],
)
def test_a_hostile_file_is_refused_and_the_text_is_still_there(signed_in, assigned, name, content, said):
    response = hand_in(signed_in, assigned, "My long text", SimpleUploadedFile(name, content))
    assert response.status_code == 400
    text = response.content.decode()
    assert said in text
    assert "My long text" in text
    assert not Submission.objects.exists()


def test_a_file_is_for_its_owner_and_markers_and_never_shown_as_ours(client, signed_in, as_marker, assigned):
    hand_in(signed_in, assigned, "", SimpleUploadedFile("memo.txt", b"<script>"))
    submission = Submission.objects.get()
    response = signed_in.get(url("assignment_file", assigned, submission.pk))
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert as_marker.get(reverse("marking:file", args=[submission.pk])).status_code == 200
    client.force_login(factories.UserFactory())
    assert client.get(url("assignment_file", assigned, submission.pk)).status_code == 404


def test_after_the_deadline_nothing_is_taken_and_nothing_lost(signed_in, learner):
    def late(activity):
        AssignmentRules.objects.create(activity=activity, due_at=timezone.now() - timedelta(minutes=1))

    enrolment = enrol(learner, course_of("assignment", late))
    response = hand_in(signed_in, enrolment, "Too late")
    assert response.status_code == 400
    assert "Your text below was not handed in" in response.content.decode()


@pytest.mark.parametrize("name", ["queue", "submission", "file", "answer", "attendance", "survey"])
def test_only_markers_mark(client, signed_in, learner, name):
    args = {"queue": [], "answer": [1], "attendance": [1]}.get(name, [uuid4()])
    assert signed_in.get(reverse(f"marking:{name}", args=args)).status_code == 302
    editor = factories.UserFactory(is_staff=True)
    from django.contrib.auth.models import Permission

    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    assert client.get(reverse(f"marking:{name}", args=args)).status_code in {302, 403}


def test_an_assignment_that_takes_no_file_asks_for_none_and_takes_none(signed_in, learner):
    enrolment = enrol(
        learner,
        course_of("assignment", lambda activity: AssignmentRules.objects.create(activity=activity, takes_file=False)),
    )
    assert 'type="file"' not in page(signed_in, enrolment)
    hand_in(signed_in, enrolment, "Words", SimpleUploadedFile("memo.txt", b"x"))
    assert not Submission.objects.get().file


# --- short answers ---------------------------------------------------------------------------------------
def test_a_short_answer_is_marked_in_the_queue_and_the_result_follows(signed_in, as_marker, learner):
    def quiz(activity):
        made = factories.QuizFactory(activity=activity)
        make_question(bank_of(made), "short-answer", (), count=0, points=4, feedback_en="Names the bargain.")

    enrolment = enrol(learner, course_of("quiz", quiz))
    signed_in.post(url("quiz_begin", enrolment))
    signed_in.post(url("quiz_question", enrolment, 1), {"text": "Disclosure against a limited time."})
    signed_in.post(url("quiz_hand_in", enrolment))
    assert "marked by a person" in signed_in.get(url("quiz_result", enrolment)).content.decode()
    asked = AttemptQuestion.objects.get()
    assert "Names the bargain." in as_marker.get(reverse("marking:answer", args=[asked.pk])).content.decode()
    response = as_marker.post(reverse("marking:answer", args=[asked.pk]), {"points": "5"})
    assert "There are 4 points at most" in response.content.decode()
    as_marker.post(reverse("marking:answer", args=[asked.pk]), {"points": "3", "comment": "Good"})
    assert is_done(enrolment)
    assert "Good" in signed_in.get(url("quiz_result", enrolment)).content.decode()


# --- time limits -----------------------------------------------------------------------------------------
def test_an_attempt_whose_time_is_up_is_handed_in_and_recorded_without_anyone_looking(signed_in, learner, monkeypatch):
    def quiz(activity):
        make_question(bank_of(factories.QuizFactory(activity=activity, time_limit=10)))

    enrolment = enrol(learner, course_of("quiz", quiz))
    signed_in.post(url("quiz_begin", enrolment))
    right = AttemptQuestion.objects.get().content.question.options.get(is_correct=True)
    signed_in.post(url("quiz_question", enrolment, 1), {"option": str(right.key)})
    assert close_overdue() == 0
    later = timezone.now() + timedelta(minutes=12)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("close_attempts", stdout=StringIO())
    assert is_done(enrolment)
    assert close_overdue() == 0
    late = signed_in.post(url("quiz_question", enrolment, 1), {"option": str(right.key)}, follow=True)
    assert "Passed" in late.content.decode()


def test_an_answer_of_five_megabytes_is_refused_in_words(signed_in, learner):
    def quiz(activity):
        make_question(bank_of(factories.QuizFactory(activity=activity)), "short-answer", (), count=0)

    enrolment = enrol(learner, course_of("quiz", quiz))
    signed_in.post(url("quiz_begin", enrolment))
    signed_in.post(url("quiz_question", enrolment, 1), {"text": "Short"})
    response = signed_in.post(url("quiz_question", enrolment, 1), {"text": "x" * 5_000_000})
    assert response.status_code == 400
    assert "larger than a form here can be" in response.content.decode()
    response = signed_in.post(url("quiz_question", enrolment, 1), {"text": "x" * 20_000})
    assert "This answer is too long" in response.content.decode()
    assert AttemptQuestion.objects.get().response["text"] == "Short"


# --- discussion ------------------------------------------------------------------------------------------
@pytest.fixture
def discussing(learner):
    return enrol(learner, course_of("discussion", lambda activity: None))


def test_a_discussion_is_done_by_answering_and_others_are_read_afterwards(client, signed_in, discussing):
    other = enrol(factories.UserFactory(name="Other"), discussing.course)
    Post.objects.create(
        enrolment=other,
        activity_key=activities_of(discussing.version)[0].key,
        question="?",
        text="What others think",
        language="en",
        state="shown",
    )
    assert "What others think" not in page(signed_in, discussing)
    for _click in range(2):
        signed_in.post(url("discussion_answer", discussing), {"text": "What I think"})
    assert Post.objects.filter(enrolment=discussing).count() == 1
    assert is_done(discussing)
    assert "What others think" in page(signed_in, discussing)


def test_what_no_moderator_has_read_is_not_shown_to_others(client, signed_in, discussing):
    signed_in.post(url("discussion_answer", discussing), {"text": "Not read yet"})
    other = enrol(factories.UserFactory(), discussing.course)
    client.force_login(other.learner)
    client.post(url("discussion_answer", other), {"text": "Mine"})
    assert "Not read yet" not in page(client, other)
    Post.objects.filter(text="Not read yet").update(state="shown", reply="Well said")
    assert "Well said" in page(client, other)


def test_an_empty_answer_is_refused(signed_in, discussing):
    assert signed_in.post(url("discussion_answer", discussing), {"text": "  "}).status_code == 400
    assert not is_done(discussing)


# --- survey ----------------------------------------------------------------------------------------------
@pytest.fixture
def asked(learner):
    def questions(activity):
        SurveyQuestion.objects.create(activity=activity, sort_order=1, kind="scale", text_en="Did it help?")
        SurveyQuestion.objects.create(
            activity=activity,
            sort_order=2,
            kind="choice",
            text_en="Where?",
            choices_en="Phone\nDesk",
            is_required=False,
        )

    return enrol(learner, course_of("survey", questions))


def keys(enrolment):
    return [str(question.key) for question in activities_of(enrolment.version)[0].survey_questions.all()]


def test_a_survey_keeps_answers_without_a_name_and_once(signed_in, asked):
    help_key, where = keys(asked)
    for answer in ("5", "1"):
        signed_in.post(url("survey_send", asked), {help_key: answer, where: "2"})
    stored = SurveyAnswer.objects.get()
    assert stored.answers == {help_key: "5", where: "2"}
    assert {field.name for field in SurveyAnswer._meta.fields} == {
        "id",
        "activity_key",
        "answers",
        "language",
        "given_on",
    }
    assert is_done(asked)
    assert "5" not in str(asked.statements.get(verb="responded").result)


def test_a_survey_asks_for_what_must_be_answered_and_refuses_what_it_did_not_ask(signed_in, asked):
    help_key, where = keys(asked)
    assert signed_in.post(url("survey_send", asked), {where: "1"}).status_code == 400
    assert signed_in.post(url("survey_send", asked), {help_key: "6"}).status_code == 400
    assert not SurveyAnswer.objects.exists()


def test_results_are_shown_from_five_answers_on(as_marker, asked):
    key = activities_of(asked.version)[0].key
    help_key, _where = keys(asked)
    for number in range(5):
        text = as_marker.get(reverse("marking:survey", args=[key])).content.decode()
        assert "nobody is recognised" in text
        SurveyAnswer.objects.create(
            activity_key=key, answers={help_key: "5" if number else "1"}, language="en", given_on=timezone.localdate()
        )
    summary = as_marker.get(reverse("marking:survey", args=[key])).context["summaries"][0]
    assert [count for _label, count in summary.counts] == [1, 0, 0, 0, 4]


# --- live session ----------------------------------------------------------------------------------------
def live(learner, **values):
    def session(activity):
        start = timezone.now() - timedelta(hours=1)
        LiveSession.objects.create(activity=activity, starts_at=start, ends_at=timezone.now(), **values)

    return enrol(learner, course_of("live-session", session))


def check_in(at, email):
    registration = Registration.objects.create(
        event_key=at.translation_key, form_key=uuid4(), name="X", email=email, language="en", state="confirmed", seat=1
    )
    attendance = Attendance.objects.create(
        event_key=at.translation_key,
        session_key=uuid4(),
        registration=registration,
        scan_id=uuid4(),
        scanned_at=timezone.now(),
    )
    attended.send(sender=Attendance, attendance=attendance)


def test_checking_in_at_an_event_is_attending(learner):
    meeting = event()
    enrolment = live(learner, event=meeting)
    EmailAddress.objects.create(user=learner, email=learner.email, verified=True)
    check_in(meeting, learner.email)
    assert is_done(enrolment)
    assert enrolment.statements.get(verb="attended").context["via"] == "event"


def test_who_checked_in_before_enrolling_has_attended(signed_in, learner):
    meeting = event()
    EmailAddress.objects.create(user=learner, email=learner.email, verified=True)
    check_in(meeting, learner.email)
    enrolment = live(learner, event=meeting)
    signed_in.get(url("activity", enrolment))
    assert is_done(enrolment)


def test_an_address_that_is_not_proved_does_not_count(learner):
    meeting = event()
    enrolment = live(learner, event=meeting)
    EmailAddress.objects.create(user=learner, email=learner.email, verified=False)
    check_in(meeting, learner.email)
    assert not is_done(enrolment)


def test_attendance_is_noted_from_a_list_once(as_marker, marker, learner):
    enrolment = live(learner)
    session = LiveSession.objects.get(activity__module__version=enrolment.version)
    absent = enrol(factories.UserFactory(), enrolment.course)
    for _click in range(2):
        as_marker.post(reverse("marking:attendance", args=[session.pk]), {"here": [str(enrolment.pk)]})
    statement = enrolment.statements.get(verb="attended")
    assert statement.context["instructor"] == marker.pk
    assert is_done(enrolment)
    assert not absent.statements.exists()


# --- slides ----------------------------------------------------------------------------------------------
def pdf(*pages):
    import typst

    folder = Path(__file__).parent
    source = "\n#pagebreak()\n".join(f"= {page}" for page in pages)
    return typst.compile(f"#set page(width: 16cm, height: 9cm)\n{source}".encode(), root=str(folder))


@pytest.fixture
def slides(learner):
    def deck(activity):
        made = SlideDeck(activity=activity)
        made.file_en.save("slides.pdf", ContentFile(pdf("What is a patent", "How long it lasts")), save=False)
        made.save()

    return enrol(learner, course_of("slides", deck))


def test_slides_are_pages_with_their_words(client, signed_in, slides):
    text = page(signed_in, slides)
    assert "Page 2 of 2: How long it lasts" in text
    picture = signed_in.get(url("slides_page", slides, 2))
    assert picture["Content-Type"] == "image/webp"
    assert picture.content[8:12] == b"WEBP"
    assert signed_in.get(url("slides_page", slides, 3)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(url("slides_page", slides, 1)).status_code == 404


def test_a_file_that_is_no_pdf_is_refused_in_words():
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="cannot be shown"):
        validate_pdf(SimpleUploadedFile("slides.pdf", b"%PDF-1.7 broken"))


# --- files -----------------------------------------------------------------------------------------------
def test_files_are_for_those_who_are_enrolled_and_come_in_parts(client, signed_in, slides):
    address = url("file", slides, 0)
    whole = b"".join(signed_in.get(address).streaming_content)
    part = signed_in.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.getvalue()) == (206, whole[10:20])
    assert signed_in.get(url("file", slides, 1)).status_code == 404
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302
