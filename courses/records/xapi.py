"""A statement of the record as xAPI 1.0.3 writes it, for learning record stores and for whoever audits them."""

from typing import Any

from courses.records.models import Statement
from courses.records.verbs import IRIS, Verb

# Results of ours that xAPI has names of its own for; all others stand among the extensions.
RESULTS = frozenset({"score", "duration", "response", "completion", "success"})
OUTCOMES = {Verb.PASSED: True, Verb.FAILED: False}


def as_xapi(statement: Statement, base: str) -> dict[str, Any]:
    """The statement below the address ``base`` of this site. The actor is a number of ours, no name or address."""
    enrolment = statement.enrolment
    found: dict[str, Any] = {
        "id": str(statement.id),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": f"{base}/", "name": f"learner-{enrolment.learner_id}"},
        },
        "verb": {"id": IRIS[statement.verb], "display": {"en": str(Verb(statement.verb).value)}},
        "object": {"objectType": "Activity", "id": _object(statement, base)},
        "context": _context(statement, base),
        "timestamp": (statement.happened_at or statement.stored_at).isoformat(),
        "stored": statement.stored_at.isoformat(),
    }
    if result := _result(statement, base):
        found["result"] = result
    return found


def _object(statement: Statement, base: str) -> str:
    course = f"{base}/xapi/courses/{statement.enrolment.course_id}"
    if statement.activity_id is None:
        return course
    part = f"#{statement.part}" if statement.part else ""
    return f"{course}/activities/{statement.activity.key}{part}"  # type: ignore[union-attr]


def _context(statement: Statement, base: str) -> dict[str, Any]:
    context = dict(statement.context)
    found: dict[str, Any] = {"registration": str(statement.enrolment_id), "platform": "Imprint"}
    for name in ("revision", "language"):
        if name in context:
            found[name] = context.pop(name)
    if "instructor" in context:
        account = {"homePage": f"{base}/", "name": f"person-{context.pop('instructor')}"}
        found["instructor"] = {"objectType": "Agent", "account": account}
    if context:
        found["extensions"] = {f"{base}/xapi/extensions/{name}": value for name, value in context.items()}
    return found


def _result(statement: Statement, base: str) -> dict[str, Any]:
    result = {name: value for name, value in statement.result.items() if name in RESULTS}
    if statement.verb in OUTCOMES:
        result["success"] = OUTCOMES[Verb(statement.verb)]
    others = {name: value for name, value in statement.result.items() if name not in RESULTS}
    if others:
        result["extensions"] = {
            name if "://" in name else f"{base}/xapi/extensions/{name}": value for name, value in others.items()
        }
    return result
