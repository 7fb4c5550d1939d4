"""Where nothing happens: topics without a lesson for an age, regions without a school that teaches."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.vocabulary.models import Topic
from curriculum.adoption.scope import Reach
from curriculum.plans.models import LessonPlanPage, Stage


@dataclass(frozen=True)
class Age:
    """A span of grades; none at university."""

    label: str | Promise
    grades: range | None

    def holds(self, stage: str, first: int | None, last: int | None) -> bool:
        if self.grades is None:
            return stage == Stage.UNIVERSITY
        if stage == Stage.UNIVERSITY or first is None:
            return False
        return first in self.grades or (last or first) in self.grades or first < self.grades.start < (last or first)


AGES = [
    Age(gettext_lazy("grades 1–6"), range(1, 7)),
    Age(gettext_lazy("grades 7–9"), range(7, 10)),
    Age(gettext_lazy("grades 10–12"), range(10, 13)),
    Age(gettext_lazy("university"), None),
]


@dataclass(frozen=True)
class Gaps:
    """Sentences for whoever plans: what is missing in the library, what is not taught, and where."""

    lessons: list[str]
    untaught: list[str]
    regions: list[str]


def gaps(reach: Reach) -> Gaps:
    lessons, untaught = _topics(reach)
    return Gaps(lessons, untaught, _regions(reach))


def _topics(reach: Reach) -> tuple[list[str], list[str]]:
    rows = (
        LessonPlanPage.objects.live()
        .order_by()
        .values_list("topics__slug", "stage", "grade_from", "grade_to", "translation_key")
    )
    lessons = set(rows)
    taught = set(reach.taught().values_list("lesson_key", flat=True))
    missing, untaught = [], []
    for topic in Topic.objects.filter(narrower=None):  # type: ignore[misc]
        for age in AGES:
            keys = {row[4] for row in lessons if row[0] == topic.slug and age.holds(*row[1:4])}
            words = {"topic": topic, "age": age.label}
            if not keys:
                missing.append(_("No lesson on “%(topic)s” for %(age)s") % words)
            elif not keys & taught:
                untaught.append(_("Not taught this year: “%(topic)s” for %(age)s") % words)
    return missing, untaught


def _regions(reach: Reach) -> list[str]:
    """Regions in which no school teaches, as far as the reader looks after schools there."""
    schools = set(reach.schools().values_list("region", flat=True))
    teaching = set(reach.taught().filter(school__isnull=False).values_list("region", flat=True))
    regions = [region for region in reach.regions() if reach.region in (None, region)]
    found = []
    for region in regions:
        if region.pk not in schools:
            found.append(_("No school in %(region)s is registered") % {"region": region})
        elif region.pk not in teaching:
            found.append(_("No school in %(region)s has taught a lesson this year") % {"region": region})
    return found
