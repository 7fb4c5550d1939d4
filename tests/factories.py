"""People, organisations and courses for tests."""

import factory
from factory.django import DjangoModelFactory

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from courses.assessment.models import Draw, Option, Question, QuestionBank, Quiz
from courses.catalogue.models import Activity, Course, Module
from courses.catalogue.versions import publish


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
    """An activity of a course's draft."""

    class Meta:
        model = Activity

    module = factory.SubFactory(ModuleFactory)
    slug = factory.Sequence(lambda number: f"activity-{number}")
    kind = "reading"
    title_en = factory.Sequence(lambda number: f"Activity {number}")
    minutes = 10
    sort_order = factory.Sequence(int)


class BankFactory(DjangoModelFactory):
    class Meta:
        model = QuestionBank

    slug = factory.Sequence(lambda number: f"bank-{number}")
    title_en = factory.Sequence(lambda number: f"Bank {number}")


class QuizFactory(DjangoModelFactory):
    """A quiz of a draft that takes all questions of a bank of its own, in their order."""

    class Meta:
        model = Quiz
        skip_postgeneration_save = True

    activity = factory.SubFactory(ActivityFactory, kind="quiz")
    pass_percent = 60
    shuffles_options = False

    @factory.post_generation
    def draws(self, create: bool, extracted: object, **kwargs: object) -> None:
        if extracted is None:
            Draw.objects.create(activity=self.activity, bank=BankFactory())


def bank_of(quiz: Quiz) -> QuestionBank:
    return quiz.activity.draws.get().bank


def make_question(
    bank: QuestionBank,
    kind: str = Question.Kind.SINGLE,
    correct: tuple[int, ...] = (1,),
    count: int = 3,
    texts: tuple[str, ...] = (),
    matches: tuple[str, ...] = (),
    **values: object,
) -> Question:
    """A question with ``count`` options, of which those numbered in ``correct`` (from 1) are right."""
    question = Question(bank=bank, kind=kind, sort_order=bank.questions.count() + 1, **({"text_en": "Which?"} | values))
    question.options = [
        Option(
            sort_order=number,
            text_en=texts[number - 1] if texts else f"Option {number}",
            match_en=matches[number - 1] if matches else "",
            is_correct=number in correct,
        )
        for number in range(1, (len(texts) or count) + 1)
    ]
    question.save()
    return question


def make_course(*kinds: str, activities: dict[str, object] | None = None, **values: object) -> Course:
    """A course on offer with one module that has an activity of each kind: a reading if none is named."""
    course = CourseFactory(**values)
    module = ModuleFactory(course=course)
    for kind in kinds or ("reading",):
        activity = ActivityFactory(module=module, kind=kind, **(activities or {}))
        if kind == "quiz":
            make_question(bank_of(QuizFactory(activity=activity)))
    publish(course)
    course.refresh_from_db()
    return course
