"""What a learner does becomes acts in the record; what follows from it by the rule of its kind, too."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from courses.activities.place import Place
from courses.catalogue.kinds import kinds
from courses.catalogue.outline import Step, steps_of
from courses.enrolment.models import Enrolment
from courses.records.api import Act, Entry, Recorded, State, Verb, record_all


def tell(enrolment: Enrolment, acts: Sequence[Act]) -> Recorded:
    """Records acts, and completes each activity whose rule is met by them and that needs no button.

    That an activity is done is refused ("not-yet") where its rule is not met.
    """
    steps = {step.pk: step for step in steps_of(enrolment.version_id)}

    def allow(state: State, act: Act) -> str:
        step = steps.get(act.activity or 0)
        return "not-yet" if step and act.verb == Verb.COMPLETED and not _may_be_said_done(state, step) else ""

    def follow(state: State, act: Act) -> Iterable[Act]:
        step = steps.get(act.activity or 0)
        if step and act.verb != Verb.COMPLETED and _is_done_by_now(state, step):
            yield Act(Verb.COMPLETED, f"completed:{step.pk}", step.pk, result={"completion": True})

    return record_all(enrolment, acts, follow, allow)


def _may_be_said_done(state: State, step: Step) -> bool:
    kind, mark = kinds()[step.kind], state.at_activity(str(step.key))
    return (kind.is_done_by_saying_so(step) and kind.is_met(step, mark)) or kind.is_met_by_reading(step, mark)


def _is_met(state: State, step: Step) -> bool:
    return kinds()[step.kind].is_met(step, state.at_activity(str(step.key)))


def _is_done_by_now(state: State, step: Step) -> bool:
    """Whether an activity that is done by itself is done now and was not before."""
    is_open = state.at_activity(str(step.key)).done_at is None
    return is_open and not kinds()[step.kind].is_done_by_saying_so(step) and _is_met(state, step)


def tell_at(place: Place, verb: Verb, key: str, **values: Any) -> Entry:
    """Records one act at a place, in the language in which it was done."""
    context = {"language": get_language() or "en", **values.pop("context", {})}
    return tell(place.enrolment, [Act(verb, key, place.activity.pk, context=context, **values)]).entries[0]


def complete(place: Place, before: Sequence[Act] = ()) -> Entry:
    """Records that the activity is done, after acts that belong to it; refused while its rule is not met."""
    context = {"language": get_language() or "en"}
    result = {"completion": True}
    done = Act(Verb.COMPLETED, f"completed:{place.activity.pk}", place.activity.pk, result=result, context=context)
    return tell(place.enrolment, [*before, done]).entries[-1]
