"""How far a candidate has come on a track: courses, papers, practice."""

from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils import timezone

from cms.accounts.models import User
from courses.catalogue.models import Course
from courses.credentials.models import Certificate
from courses.intermediaries.models import Paper, PaperResult, Practice, QualificationTrack


@dataclass(frozen=True)
class Progress:
    """What a track asks, each with whether this person has it."""

    courses: list[tuple[Course, bool]]
    papers: list[tuple[Paper, PaperResult | None]]
    hours: int
    hours_wanted: int

    @property
    def has_practice(self) -> bool:
        return self.hours >= self.hours_wanted

    @property
    def is_complete(self) -> bool:
        passed = all(result is not None and has_passed(result) for _paper, result in self.papers)
        return all(done for _course, done in self.courses) and passed and self.has_practice


def has_passed(result: PaperResult) -> bool:
    return result.points >= result.paper.pass_points


def progress_of(person: User, track: QualificationTrack) -> Progress:
    done = _certified(person)
    best = _best(person, track)
    confirmed = Practice.objects.filter(person=person, track=track, state=Practice.State.CONFIRMED)
    return Progress(
        [(course, course.pk in done) for course in track.courses.all()],
        [(paper, best.get(paper.pk)) for paper in track.papers.all()],
        confirmed.aggregate(hours=Sum("hours"))["hours"] or 0,
        track.practice_hours,
    )


def _certified(person: User) -> set[int]:
    """The courses of which the person holds a certificate that is valid today."""
    valid = Q(expires_on__isnull=True) | Q(expires_on__gte=timezone.localdate())
    held = Certificate.objects.of(person).filter(valid, revocation__isnull=True)
    return set(held.values_list("enrolment__course_id", flat=True))


def _best(person: User, track: QualificationTrack) -> dict[int, PaperResult]:
    """The best sitting of each paper; of two lines for one day the later one is right."""
    rows = PaperResult.objects.filter(person=person, paper__track=track).select_related("paper").order_by("pk")
    sittings = {(row.paper_id, row.sat_on): row for row in rows}
    best: dict[int, PaperResult] = {}
    for row in sittings.values():
        if row.paper_id not in best or row.points > best[row.paper_id].points:
            best[row.paper_id] = row
    return best
