"""What a campaign did in classrooms: a number for its results."""

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from cms.campaigns.results import Result, Scope
from curriculum.adoption.models import TaughtLesson
from curriculum.library.tally import FEWEST_SHOWN


def lessons_taught(scope: Scope) -> list[Result]:
    """Lessons on the campaign's topics taught on its days, and pupils reached; hidden where they are few."""
    found = TaughtLesson.objects.filter(taught_on__range=(scope.first_day, scope.last_day))
    if scope.region:
        found = found.filter(region=scope.region)
    if scope.topics:
        found = TaughtLesson.objects.filter(pk__in=found.filter(topics__in=scope.topics).values("pk"))
    sums = found.aggregate(lessons=Count("pk"), pupils=Sum("class_size"))
    lessons, pupils = sums["lessons"], sums["pupils"] or 0
    if 0 < lessons < FEWEST_SHOWN:
        lessons = pupils = None
    return [Result(_("Lessons taught"), lessons), Result(_("Pupils reached"), pupils)]
