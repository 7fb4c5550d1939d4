import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from cms.vocabulary.models import Audience, Topic
from courses.assessment.api import quiz_of
from courses.catalogue.api import activities_of, credit_hours_text, publish, published_courses
from courses.catalogue.media import validate_media
from courses.catalogue.models import Activity, Course, Review
from courses.catalogue.versions import changes
from courses.enrolment.api import enrol
from courses.enrolment.models import TrainingPlan
from courses.records.api import Verb, record
from tests import factories

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "zh-hans", "fr", "es", "ru", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_starter_courses_are_there_in_every_language(client, language):
    for course in published_courses():
        assert course.languages() == LANGUAGES
        with override(language):
            response = client.get(reverse("catalogue:course", args=[course.slug]))
            assert str(course) in response.content.decode()
        assert "not fully translated" not in response.content.decode()


def test_a_course_that_is_not_published_does_not_exist(client):
    course = factories.CourseFactory(is_published=False)
    assert client.get(reverse("catalogue:course", args=[course.slug])).status_code == 404


def test_a_course_not_translated_says_so(client):
    course = factories.make_course(title_en="Only English")
    with override("fr"):
        page = client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    assert "Only English" in page
    assert "n’est pas encore entièrement traduit" in page


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "1.5 credit hours"), ("zh-hans", "1.5 学时"), ("fr", "1,5 heures créditées"), ("ru", "1,5 зачётных часа")],
)
def test_hours_are_written_as_the_language_does(language, text):
    with override(language):
        assert credit_hours_text(Decimal("1.5")).replace("\xa0", " ") == text


def test_the_query_budgets(client, django_assert_max_num_queries):
    for address in (reverse("catalogue:course_list"), reverse("catalogue:course", args=[Course.objects.first().slug])):
        with django_assert_max_num_queries(20):
            assert client.get(address).status_code == 200


def test_a_list_marks_what_is_not_translated(client):
    factories.make_course(title_en="Only English")
    with override("fr"):
        page = client.get(reverse("catalogue:course_list")).content.decode()
    assert '<h3 lang="en" dir="ltr">' in page
    assert "non traduite" in page


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("a.mp4", b"\x00\x00\x00\x20ftypisom", True),
        ("a.webm", b"\x1a\x45\xdf\xa3....", True),
        ("a.mp3", b"ID3\x04", True),
        ("a.ogg", b"OggS\x00", True),
        ("a.mp4", b"MZ\x90\x00 program", False),
        ("a.mp3", b"<html><script>", False),
    ],
)
def test_media_must_be_what_its_name_says(name, content, fits):
    file = SimpleUploadedFile(name, content)
    if fits:
        validate_media(file)
        return
    with pytest.raises(ValidationError, match="does not contain what its ending"):
        validate_media(file)


# --- facets ----------------------------------------------------------------------------------------------
def listed(client, **asked):
    page = client.get(reverse("catalogue:course_list"), asked)
    return [course.slug for course in page.context["courses"]], page


def test_courses_are_found_by_each_facet_and_their_combination(client):
    hard = factories.make_course(level="advanced", credit_hours=5)
    assert listed(client, level="advanced")[0] == [hard.slug]
    assert listed(client, hours="more")[0] == [hard.slug]
    assert hard.slug not in listed(client, language="fr")[0]
    assert set(listed(client, topic="patents", language="ar")[0]) <= {
        "ip-for-leading-cadres",
        "ip-management-for-enterprises",
    }
    assert listed(client, level="advanced", language="fr")[0] == []


def test_each_value_says_how_many_courses_it_leaves(client):
    factories.make_course(level="advanced")
    facets = {facet.name: choices for facet, choices in listed(client)[1].context["answer"].facets}
    for name, choices in facets.items():
        for choice in choices:
            assert len(listed(client, **{name: choice.value})[0]) == choice.count > 0


def test_words_find_courses(client):
    course = factories.make_course(title_en="Border measures for customs officers")
    assert listed(client, q="customs border")[0] == [course.slug]


def test_an_unknown_value_is_said(client):
    courses, page = listed(client, level="<b>")
    assert "&lt;b&gt;” is nothing courses can be filtered by" in page.content.decode()
    assert courses


def test_the_list_costs_the_same_with_more_courses(client, django_assert_max_num_queries):
    for _number in range(10):
        factories.make_course()
    with django_assert_max_num_queries(20):
        listed(client)


# --- versions --------------------------------------------------------------------------------------------
def draft(course):
    return Activity.objects.filter(module__course=course, module__version=None).order_by("sort_order")


def test_what_is_on_offer_stays_while_the_draft_changes(client):
    course = factories.make_course()
    activity = draft(course)[0]
    activity.title_en = "Only in the draft"
    activity.save()
    page = client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    assert "Only in the draft" not in page
    publish(course)
    assert "Only in the draft" in client.get(reverse("catalogue:course", args=[course.slug])).content.decode()


def test_a_draft_says_what_changed(client):
    course = factories.make_course("reading", "reading", "quiz")
    assert {change.what for change in changes(course)} == {"unchanged"}
    first, second, _quiz = draft(course)
    first.title_fr = "Titre"
    first.save()
    second.delete()
    added = factories.ActivityFactory(module=course.modules.get(version=None))
    assert [(change.activity.pk, change.what) for change in changes(course)][:3] == [
        (first.pk, "changed"),
        (_quiz.pk, "unchanged"),
        (added.pk, "added"),
    ]
    assert changes(course)[3].what == "removed"


def test_a_draft_without_activities_is_not_published():
    with pytest.raises(ValidationError, match="Add a module"):
        publish(factories.CourseFactory())


def test_the_rules_of_a_quiz_belong_to_the_version(client):
    course = factories.make_course("quiz")
    quiz = quiz_of(draft(course)[0])
    quiz.pass_percent = 90
    quiz.save()
    offered = activities_of(course.current)[0]
    assert quiz_of(offered).pass_percent == 60
    assert changes(course)[0].what == "changed"
    assert quiz_of(activities_of(publish(course))[0]).pass_percent == 90


# --- reviews ---------------------------------------------------------------------------------------------
def test_only_those_who_completed_review_and_words_wait(client, signed_in, learner):
    course = factories.make_course()
    address = reverse("player:review", args=[course.slug])
    assert signed_in.post(address, {"stars": "5", "text": "Good"}).status_code == 404
    enrolment = enrol(learner, course)
    record(enrolment, Verb.COMPLETED, activities_of(course.current)[0], key="done")
    for stars, text in (("9", "Out of range"), ("4", "Very clear")):
        signed_in.post(address, {"stars": stars, "text": text})
    page = client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    assert "4.0 of 5 stars from 1 learner" in page
    assert "Very clear" not in page
    Review.objects.update(state="shown")
    assert "Very clear" in client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    signed_in.post(address, {"stars": "2", "text": "On second thought"})
    assert Review.objects.get().state == "waiting"


# --- plans -----------------------------------------------------------------------------------------------
def counted(client, course):
    text = client.get(reverse("catalogue:course", args=[course.slug])).content.decode()
    return re.findall(r"(Plan \w+) <span[^>]*>– (\w+), (\d+) credit hours", text)


def test_a_course_says_which_plans_it_counts_for(client):
    audience, other = Audience.objects.order_by("slug")[:2]
    topic = Topic.objects.get(slug="patents")
    course = factories.make_course()
    course.audiences, course.topics = [audience], [topic]
    course.save()
    for name, values in {
        "required": {"courses": [course], "audiences": [other]},
        "elective": {"topics": [topic], "audiences": [audience]},
        "stranger": {"topics": [topic], "audiences": [other]},
        "over": {"courses": [course], "audiences": [audience], "is_in_force": False},
    }.items():
        plan = TrainingPlan(slug=name, title_en=f"Plan {name}", year=2026, hours=12)
        for field, value in values.items():
            setattr(plan, field, value)
        plan.save()
    assert counted(client, course) == [("Plan elective", "elective", "12"), ("Plan required", "required", "12")]


def test_the_starter_plans_are_told_in_every_language(client):
    for code in LANGUAGES:
        with override(code):
            text = client.get(reverse("catalogue:course", args=["ip-for-leading-cadres"])).content.decode()
            assert str(TrainingPlan.objects.get(slug="cadres-2026")) in text
