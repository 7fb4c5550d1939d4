"""Authors put a course together in the admin: modules, activities of every kind, versions."""

import pytest
from django.urls import reverse

from courses.activities.assignment.models import Criterion
from courses.assessment.api import quiz_of
from courses.assessment.models import Accommodation
from courses.catalogue.kinds import folders, kinds
from courses.catalogue.models import Activity, Course, CourseVersion, Review
from courses.catalogue.versions import activities_of
from tests import factories

pytestmark = pytest.mark.django_db
CODES = ("en", "zh_hans", "fr", "es", "ru", "ar")


@pytest.fixture
def author(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("author@example.org", "x"))
    return client


@pytest.fixture
def course():
    course = factories.CourseFactory(is_published=False)
    factories.ModuleFactory(course=course)
    return course


def module_of(course):
    return course.modules.get(version=None)


def form(**values):
    empty = {f"{field}_{code}": "" for code in CODES for field in ("title", "captions", "transcript")}
    bodies = {f"body_{code}-count": "0" for code in CODES}
    return empty | bodies | {"title_en": "New", "slug": "new", "minutes": "5", "required_minutes": "0"} | values


def inline(prefix, *rows, **more):
    found = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    found |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-{number}-ORDER": str(number + 1)}
        found |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return found


def add(author, course, kind, **values):
    address = reverse("wagtailsnippets_catalogue_activity:add")
    return author.post(f"{address}?module={module_of(course).pk}&kind={kind}", form(**values))


def test_every_folder_is_a_kind_with_a_template_and_a_vocabulary():
    assert {folder.name for folder in folders()} >= {"reading", "media", "quiz", "assignment", "live_session"}
    for kind in kinds().values():
        assert kind.verbs >= kind.reported
        assert (folders()[0].parent / kind.__class__.__module__.split(".")[2] / "templates" / kind.template).exists()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_an_activity_of_each_kind_has_its_form(author, course, kind):
    address = reverse("wagtailsnippets_catalogue_activity:add")
    page = author.get(f"{address}?module={module_of(course).pk}&kind={kind}")
    assert page.status_code == 200
    text = page.content.decode()
    assert ('name="media"' in text) is (kind in {"video", "audio"})
    assert ("criteria-TOTAL_FORMS" in text) is (kind == "assignment")
    assert ("draws-TOTAL_FORMS" in text) is (kind == "quiz")


def test_an_author_adds_a_reading_and_edits_it(author, course):
    assert add(author, course, "reading").url == reverse("courses_admin:outline", args=[course.pk])
    activity = Activity.objects.get(module__course=course)
    assert (activity.kind, activity.sort_order) == ("reading", 1)
    address = reverse("wagtailsnippets_catalogue_activity:edit", args=[activity.pk])
    author.post(address, form(title_fr="Nouveau", minutes="7"))
    activity.refresh_from_db()
    assert (activity.title_fr, activity.minutes) == ("Nouveau", 7)


def test_an_author_adds_a_quiz_with_its_rules_and_blueprint(author, course):
    bank = factories.BankFactory()
    rules = {"pass_percent": "80", "attempts_allowed": "2", "grading": "last", "time_limit": "30", "reveal": "never"}
    line = {"bank": str(bank.pk), "number": "5", "difficulty": "easy"}
    add(author, course, "quiz", **inline("quizzes", rules), **inline("draws", line))
    activity = Activity.objects.get(module__course=course)
    assert (quiz_of(activity).pass_percent, activity.draws.get().number) == (80, 5)


def test_an_author_adds_an_assignment_with_its_rubric(author, course):
    rubric = {"points": "5", "title_en": "Clear"}
    add(author, course, "assignment", **inline("assignments", {"pass_percent": "50"}), **inline("criteria", rubric))
    assert Criterion.objects.get(activity__module__course=course).title_en == "Clear"


def test_a_mistake_in_the_form_is_said_and_keeps_the_kind(author, course):
    response = add(author, course, "quiz", title_en="", **inline("quizzes"), **inline("draws"))
    assert response.status_code == 200
    assert "draws-TOTAL_FORMS" in response.content.decode()
    assert not Activity.objects.filter(module__course=course).exists()


def test_activities_of_versions_are_not_edited(author):
    course = factories.make_course()
    frozen = activities_of(course.current)[0]
    assert author.get(reverse("wagtailsnippets_catalogue_activity:edit", args=[frozen.pk])).status_code in {302, 404}
    module = course.current.modules.get()
    address = reverse("wagtailsnippets_catalogue_activity:add")
    assert author.get(f"{address}?module={module.pk}&kind=reading").status_code == 404


def test_modules_are_added_renamed_ordered_and_removed(author, course):
    first = module_of(course)
    author.post(reverse("courses_admin:add_module", args=[course.pk]), {"title_en": "Second"})
    second = course.modules.exclude(pk=first.pk).get()
    author.post(reverse("courses_admin:module", args=[course.pk, second.pk]), {"title_en": "The second"})
    author.post(reverse("courses_admin:reorder", args=[course.pk, "module", second.pk, "up"]))
    names = [str(module) for module in course.modules.order_by("sort_order")]
    assert names == ["The second", "Module"]
    factories.ActivityFactory(module=first)
    author.post(reverse("courses_admin:remove_module", args=[course.pk, first.pk]))
    author.post(reverse("courses_admin:remove_module", args=[course.pk, second.pk]))
    assert list(course.modules.all()) == [first]


def test_activities_are_ordered(author, course):
    first, second, third = (factories.ActivityFactory(module=module_of(course)) for _number in range(3))
    author.post(reverse("courses_admin:reorder", args=[course.pk, "activity", third.pk, "up"]))
    author.post(reverse("courses_admin:reorder", args=[course.pk, "activity", first.pk, "up"]))
    ordered = list(Activity.objects.filter(module__course=course).order_by("sort_order"))
    assert ordered == [first, third, second]


def test_a_version_is_published_with_what_is_new_and_what_is_done_again(author):
    course = factories.make_course("reading", "reading")
    changed = Activity.objects.filter(module__course=course, module__version=None).first()
    changed.title_en = "Rewritten"
    changed.save()
    assert "changed" in author.get(reverse("courses_admin:outline", args=[course.pk])).content.decode()
    address = reverse("courses_admin:publish", args=[course.pk])
    assert f'value="{changed.key}"' in author.get(address).content.decode()
    author.post(address, {"note_en": "New law", "note_fr": "Nouvelle loi", "redo": [str(changed.key)]})
    version = CourseVersion.objects.get(course=course, number=2)
    assert (version.note_fr, version.published_by.email) == ("Nouvelle loi", "author@example.org")
    assert [activity.must_be_redone for activity in activities_of(version)] == [True, False]


def test_publishing_nothing_is_refused_in_words(author, course):
    page = author.post(reverse("courses_admin:publish", args=[course.pk]), {}).content.decode()
    assert "Add a module with at least one activity" in page
    assert not CourseVersion.objects.filter(course=course).exists()


@pytest.mark.parametrize("name", ["outline", "add_module", "publish"])
def test_strangers_and_learners_do_not_get_in(client, course, name):
    address = reverse(f"courses_admin:{name}", args=[course.pk])
    assert client.get(address).status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get(address).status_code == 302


def test_reviews_are_moderated(author, learner):
    course = factories.make_course()
    review = Review.objects.create(
        course=course, version=course.current, learner=learner, stars=5, text="Good", language="en"
    )
    page = author.get("/admin/snippets/catalogue/review/").content.decode()
    assert "Good" in page
    author.post(f"/admin/snippets/catalogue/review/edit/{review.pk}/", {"state": "shown"})
    assert list(Course.objects.get(pk=course.pk).reviews.shown()) == [review]


def test_an_accommodation_is_granted_for_a_quiz_by_its_name(author, learner):
    course = factories.make_course("quiz", title_en="Border measures")
    key = activities_of(course.current)[0].key
    address = "/admin/snippets/assessment/accommodation/add/"
    assert "Border measures – Activity" in author.get(address).content.decode()
    values = {"learner": str(learner.pk), "extra_time": "25", "extra_attempts": "0", "reason": "dyslexia"}
    author.post(address, values | {"activity_key": str(key)})
    granted = Accommodation.objects.get(learner=learner)
    assert (granted.activity_key, granted.granted_by.email) == (key, "author@example.org")
    author.post(address, values | {"activity_key": ""})
    assert Accommodation.objects.filter(learner=learner, activity_key=None).exists()
    refused = author.post(address, values | {"activity_key": "not-a-quiz"})
    assert refused.status_code == 200
