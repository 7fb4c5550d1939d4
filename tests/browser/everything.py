"""For looking at: a course with every kind of activity and every type of question, and one of each kind of person,
place and degree. Run in ``manage.py shell``."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.harvesting.models import Source
from cms.professionals.models import Claim, Pool, PoolMember, Profile, ProfileName
from cms.professionals.parts import Part
from cms.professionals.publishing import publish as publish_profile
from cms.vocabulary.models import Topic
from courses.activities.assignment.models import AssignmentRules, Criterion
from courses.activities.live_session.models import LiveSession
from courses.activities.slides.models import SlideDeck
from courses.activities.survey.models import SurveyQuestion
from courses.assessment.models import Draw, Option, Question, QuestionBank, Quiz
from courses.catalogue.models import Activity, Course, Module
from courses.catalogue.versions import publish
from courses.intermediaries.keeping import change_status, enter, object_to
from courses.intermediaries.models import (
    Application,
    IntegrityRecord,
    Practice,
    QualificationTrack,
    RegisterEntry,
    StatusChange,
)
from curriculum.degrees.models import DegreeProgramme

SLUG = "everything"
STORY = [
    {
        "type": "paragraph",
        "value": "<p>Look at the prior art first: without novelty there is no patent. The filing date decides.</p>",
        "id": "11111111-1111-4111-8111-111111111111",
    }
]
TYPES = [
    ("single", "Which must be registered?", [("Trade mark", "", True), ("Copyright", "", False)], {}),
    (
        "multiple",
        "Which protect a kettle?",
        [("Design", "", True), ("Trade mark", "", True), ("Variety", "", False)],
        {},
    ),
    ("matching", "How long does each last?", [("Patent", "20 years", False), ("Mark", "10 years", False)], {}),
    ("ordering", "In which order?", [("Search", "", False), ("File", "", False), ("Grant", "", False)], {}),
    (
        "gaps",
        "An [[1]] is new when nobody has [[2]] it.",
        [("invention", "", False), ("shown|made public", "", False)],
        {},
    ),
    ("numeric", "How many years?", [], {"number": Decimal(20)}),
    ("short-answer", "Why does a patent end?", [], {"points": 3}),
]


def add() -> None:
    """Once: a second call changes nothing."""
    if Course.objects.filter(slug=SLUG).exists():
        return
    _people_and_degrees()
    _register()
    course = Course.objects.create(slug=SLUG, title_en="Everything", summary_en="-", outcomes_en="-", credit_hours=1)
    module = Module.objects.create(course=course, sort_order=1, title_en="Every kind")
    kinds = ["reading", "quiz", "assignment", "discussion", "survey", "live-session", "slides"]
    made = {
        kind: Activity.objects.create(
            module=module,
            sort_order=order,
            slug=kind,
            kind=kind,
            title_en=f"A {kind}",
            minutes=5,
            body_en=STORY if kind == "reading" else [],
            required_minutes=kind == "reading",
        )
        for order, kind in enumerate(kinds, start=1)
    }
    _quiz(made["quiz"])
    AssignmentRules.objects.create(activity=made["assignment"])
    Criterion.objects.create(activity=made["assignment"], sort_order=1, title_en="Rights named", points=5)
    for order, kind in enumerate(("scale", "choice", "text"), start=1):
        SurveyQuestion.objects.create(
            activity=made["survey"], sort_order=order, kind=kind, text_en=f"{kind}?", choices_en="Phone\nDesk"
        )
    now = timezone.now()
    LiveSession.objects.create(activity=made["live-session"], starts_at=now, ends_at=now + timedelta(hours=1))
    _slides(made["slides"])
    publish(course)


def _people_and_degrees() -> None:
    """A public profile with a claim, the pool it is in, a degree programme and a partner's item."""
    learner = User.objects.get(email="learner@example.org")
    profile = Profile.objects.create(user=learner, headline="Patent examiner for polymers", languages="|en|zh|")
    ProfileName.objects.create(profile=profile, name="李晓雯")
    profile.topics.set(Topic.objects.filter(slug="patents"))
    Claim.objects.create(profile=profile, kind="post", title="Head of section", body="Patent Office")
    publish_profile(profile, list(Part))
    body = Organisation.objects.filter(memberships__role="coordinator").first()
    texts = {"title_en": "Examiners", "description_en": "Whom schools may ask.", "rules_en": "Five years of work."}
    pool = Pool.objects.create(slug="examiners", level="national", organisation=body, **texts)
    today = timezone.localdate()
    PoolMember.objects.create(pool=pool, profile=profile, starts_on=today, ends_on=today + timedelta(days=90))
    DegreeProgramme.objects.create(
        slug="ip-law", institution=body, title_en="IP law", level="2-master", months=24, fee=0, currency="CNY"
    )
    source = Source.objects.create(name="Partner Library", base_url="https://library.example.org/oai", is_active=False)
    source.items.create(identifier="1", title="The garden of names", url="https://library.example.org/1")


def _register() -> None:
    """An agency, its agent who is suspended, with a penalty that is disputed, and a candidate's practice."""
    learner, keeper = (User.objects.get(email=f"{name}@example.org") for name in ("learner", "admin"))
    track = QualificationTrack.objects.get(slug="patent-agent")
    day = timezone.localdate() - timedelta(days=900)
    agency = RegisterEntry(track=track, holder="agency", number="A-1", name="Harbour Patents", admitted_on=day)
    enter(agency, keeper)
    agent = RegisterEntry(track=track, number="44-021", name="李晓雯", other_names="Li Xiaowen", admitted_on=day)
    agent.user, agent.agency = learner, agency
    enter(agent, keeper)
    since = timezone.localdate() - timedelta(days=3)
    change = StatusChange(status="suspended", since=since, reason="Fees unpaid", is_reason_public=True)
    change_status(agent, change, keeper)
    values = {"authority": "Patent Office", "decided_on": since, "document": "decision.pdf", "entered_by": keeper}
    kept = [
        IntegrityRecord.objects.create(entry=agent, kind=kind, title=title, **values)
        for kind, title in (("penalty", "Fined for late filing"), ("commendation", "Best mentor of the year"))
    ]
    object_to(kept[0], learner, "It was filed in time.")
    body = Organisation.objects.filter(memberships__user=learner).first()
    days = {"starts_on": day, "ends_on": day + timedelta(days=30), "hours": 120, "work": "Drafting claims"}
    Practice.objects.create(person=learner, track=track, organisation=body, **days)
    Application.objects.create(person=learner, track=track)


def _quiz(activity: Activity) -> None:
    Quiz.objects.create(activity=activity, time_limit=60, attempts_allowed=50)
    bank = QuestionBank.objects.create(slug=SLUG, title_en="Everything")
    Draw.objects.create(activity=activity, bank=bank)
    for order, (kind, text, answers, values) in enumerate(TYPES, start=1):
        question = Question(bank=bank, kind=kind, text_en=text, feedback_en="Because.", sort_order=order, **values)
        question.options = [
            Option(sort_order=place, text_en=words, match_en=match, is_correct=is_correct)
            for place, (words, match, is_correct) in enumerate(answers, start=1)
        ]
        question.save()


def _slides(activity: Activity) -> None:
    import typst

    pdf = typst.compile(b"#set page(width: 16cm, height: 9cm)\n= What is a patent?\n#pagebreak()\n= How long?")
    deck = SlideDeck(activity=activity)
    deck.file_en.save("slides.pdf", ContentFile(pdf), save=False)
    deck.save()
