"""People, organisations and courses for tests."""

import factory
from factory.django import DjangoModelFactory

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from courses.assessment.models import Option, Question, Quiz
from courses.catalogue.models import Activity, Course, Module


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    password = factory.django.Password("imprint-demo")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    name_en = factory.Sequence(lambda number: f"Organisation {number}")
    kind = Organisation.Kind.AGENCY
    parent = None

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: object, **kwargs: object) -> Organisation:
        parent = kwargs.pop("parent")
        organisation = model_class(*args, **kwargs)
        return parent.add_child(instance=organisation) if parent else Organisation.add_root(instance=organisation)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = Membership.Role.LEARNER


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    slug = factory.Sequence(lambda number: f"course-{number}")
    title_en = factory.Sequence(lambda number: f"Course {number}")
    summary_en = "What it is about."
    outcomes_en = "Do this.\nDo that."
    credit_hours = 2
    is_published = True


class ModuleFactory(DjangoModelFactory):
    class Meta:
        model = Module

    course = factory.SubFactory(CourseFactory)
    title_en = "Module"
    sort_order = factory.Sequence(int)


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda number: f"activity-{number}")
    kind = Activity.Kind.READING
    title_en = factory.Sequence(lambda number: f"Activity {number}")
    minutes = 10
    sort_order = factory.Sequence(int)


class QuizFactory(DjangoModelFactory):
    class Meta:
        model = Quiz

    activity = factory.SubFactory(ActivityFactory, kind=Activity.Kind.QUIZ)
    pass_percent = 60


def make_question(
    quiz: Quiz, kind: str = Question.Kind.SINGLE, correct: tuple[int, ...] = (1,), count: int = 3
) -> Question:
    """A question with ``count`` options, of which those numbered in ``correct`` (from 1) are right."""
    question = Question(quiz=quiz, kind=kind, text_en="Which?", sort_order=quiz.questions.count() + 1)
    question.options = [
        Option(sort_order=number, text_en=f"Option {number}", is_correct=number in correct)
        for number in range(1, count + 1)
    ]
    question.save()
    return question
