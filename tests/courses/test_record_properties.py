"""Whatever learners, browsers and clocks do, the record keeps its promises (a stateful property test)."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from courses.activities.recording import tell
from courses.catalogue.outline import steps_of
from courses.catalogue.versions import publish
from courses.credentials.models import Certificate, CreditEntry
from courses.enrolment.api import enrol
from courses.enrolment.models import Enrolment
from courses.records import spans, timing
from courses.records.api import Act, Verb, first_fault, move, progress_of, record_all
from courses.records.models import Statement
from courses.records.rebuild import derived_bytes, rebuild
from tests import factories

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


class Learning(RuleBasedStateMachine):
    """Two learners with two courses each, several browsers, retries, and a clock that jumps both ways."""

    sent = Bundle("sent")
    enrolments: tuple[Enrolment, ...] | list[Enrolment] = ()

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.clock = self.latest = START
        self.patch = mock.patch.object(timezone, "now", side_effect=lambda: self.clock)
        self.patch.start()
        film = {"minutes": 3, "media_seconds": 120}
        self.courses = [factories.make_course("reading", "video", "reading", activities=film) for _number in range(2)]
        people = [factories.UserFactory() for _number in range(2)]
        self.enrolments = [enrol(person, course) for person in people for course in self.courses]
        self.steps = {course.pk: list(steps_of(course.current_id)) for course in self.courses}
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "patch"):
            self.patch.stop()
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def step(self, who: int, which: int) -> Any:
        steps = steps_of(self.enrolments[who].version_id)
        return steps[which % len(steps)]

    @rule(seconds=st.integers(-7200, 86400))
    def clock_jumps(self, seconds: int) -> None:
        self._set(self.clock + timedelta(seconds=seconds))

    @rule(seconds=st.integers(1, 300))
    def time_passes(self, seconds: int) -> None:
        self._set(self.clock + timedelta(seconds=seconds))

    def _set(self, moment: datetime) -> None:
        self.clock = max(moment, START)
        self.latest = max(self.latest, self.clock)

    @rule(
        target=sent,
        who=st.integers(0, 3),
        which=st.integers(0, 2),
        ago=st.integers(-60, 600),
        length=st.integers(-10, 400),
        share=st.integers(0, 200),
        film=st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130)), max_size=3),
    )
    def browser_reports(
        self, who: int, which: int, ago: int, length: int, share: int, film: list[tuple[int, int]]
    ) -> Any:
        self.number += 1
        step = self.step(who, which)
        end = timing.milliseconds(self.clock) - ago * 1000
        verb = Verb.PLAYED if step.kind == "video" and film else Verb.EXPERIENCED
        act = Act(
            verb,
            f"report:{self.number}",
            step.pk,
            span=(end - length * 1000, end),
            active=length * 10 * share,
            segments=tuple((one * 1000, other * 1000) for one, other in film) if verb == Verb.PLAYED else (),
        )
        tell(self.enrolments[who], [act])
        return who, act

    @rule(message=sent, other=sent)
    def network_repeats(self, message: Any, other: Any) -> None:
        for who, act in (message, other, message):
            tell(self.enrolments[who], [act])

    @rule(who=st.integers(0, 3), which=st.integers(0, 2), times=st.integers(1, 3))
    def learner_says_done(self, who: int, which: int, times: int) -> None:
        step = self.step(who, which)
        act = Act(Verb.COMPLETED, f"completed:{step.pk}", step.pk, result={"completion": True})
        tell(self.enrolments[who], [act] * times)

    @rule(who=st.integers(0, 3), which=st.integers(0, 2))
    def learner_opens(self, who: int, which: int) -> None:
        self.number += 1
        record_all(self.enrolments[who], [Act(Verb.LAUNCHED, f"opened:{self.number}", self.step(who, which).pk)])

    @rule(who=st.integers(0, 3), asks_again=st.booleans())
    def course_is_revised_and_a_learner_moves(self, who: int, asks_again: bool) -> None:
        enrolment = self.enrolments[who]
        keys = [step.key for step in steps_of(enrolment.version_id)]
        version = publish(enrolment.course, redo=keys[:1] if asks_again else [])
        move(enrolment, version)

    @invariant()
    def chains_are_whole(self) -> None:
        for enrolment in self.enrolments:
            assert first_fault(enrolment) is None

    @invariant()
    def nobody_has_more_time_than_passed(self) -> None:
        for learner in {enrolment.learner_id for enrolment in self.enrolments}:
            results = Statement.objects.filter(enrolment__learner=learner).values_list("result", flat=True)
            counted = [tuple(span) for result in results for span in result.get("spans", ())]
            assert spans.length(counted) == spans.length(spans.union(counted)), "a moment counted twice"
            passed = (self.latest - START).total_seconds() * 1000
            assert spans.length(counted) <= passed
            seconds = sum(progress_of(one).state.milliseconds for one in self.enrolments if one.learner_id == learner)
            assert seconds == spans.length(counted)

    @invariant()
    def what_is_derived_follows_from_the_statements(self) -> None:
        before = derived_bytes()
        list(rebuild())
        assert derived_bytes() == before

    @invariant()
    def completions_and_hours_are_granted_once(self) -> None:
        for enrolment in self.enrolments:
            completed = enrolment.statements.filter(verb="completed", activity=None).count()
            assert completed == Certificate.objects.filter(enrolment=enrolment).count() <= 1
            assert completed == CreditEntry.objects.filter(certificate__enrolment=enrolment).count()
            assert progress_of(enrolment).is_complete is bool(completed)

    @invariant()
    def a_film_is_done_only_when_it_was_played(self) -> None:
        for enrolment in self.enrolments:
            state = progress_of(enrolment).state
            for step in steps_of(enrolment.version_id):
                mark = state.at_activity(str(step.key))
                if step.kind == "video" and mark.done_at:
                    is_read = mark.seconds >= step.media_seconds
                    assert mark.played_milliseconds() >= 0.9 * step.media_seconds * 1000 or is_read


def test_the_record_keeps_its_promises():
    # Hundreds of rows a run: the clock of the machine says nothing here, only the number of steps counts.
    profile = settings(
        max_examples=12,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Learning, settings=profile)
