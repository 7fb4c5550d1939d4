"""Plans, places and lines of the ledger for tests."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.vocabulary.models import Audience
from courses.credentials import ledger
from courses.credentials.models import CreditEntry
from courses.enrolment.models import TrainingPlan
from courses.training.owed.facts import Line, Period, Place, Rule
from tests import factories

YEAR = Period(date(2026, 1, 1), date(2026, 1, 1), date(2026, 12, 31))


def rule(**values: object) -> Rule:
    return Rule(**({"plan": 1, "period": "year", "year": 2026, "hours": Decimal(12)} | values))


def place(**values: object) -> Place:
    plain = {"organisation": 1, "path": "00010002", "zone": ZoneInfo("Asia/Shanghai"), "joined_on": date(2025, 3, 1)}
    return Place(**(plain | values))


def line(hours: str, day: date = date(2026, 3, 1), **values: object) -> Line:
    entered = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Line(**({"hours": Decimal(hours), "earned_on": day, "entered_at": entered, "source": "course"} | values))


def make_plan(**values: object) -> TrainingPlan:
    number = TrainingPlan.objects.count()
    many = {name: values.pop(name) for name in ("audiences", "courses", "topics") if name in values}
    plan = TrainingPlan(
        **({"slug": f"plan-{number}", "title_en": f"Plan {number}", "year": 2026, "hours": 12} | values)
    )
    for name, found in many.items():
        setattr(plan, name, found)
    plan.save()
    return plan


def member(organisation: Organisation, audience: str = "civil-servants", **values: object) -> User:
    membership = factories.MembershipFactory(
        organisation=organisation,
        audience=Audience.objects.get(slug=audience),
        **({"starts_on": date(2025, 3, 1)} | values),
    )
    return membership.user


def earn(learner: User, hours: str, day: date, key: str = "", **values: object) -> CreditEntry:
    """A line in the ledger, as a receiver would enter it."""
    return ledger.enter(
        learner,
        key or f"test:{CreditEntry.objects.count()}",
        Decimal(hours),
        earned_on=day,
        **({"source": CreditEntry.Source.EXTERNAL} | values),
    )
