"""Learners who are signed in and enrolled, and the reports that their browsers send."""

import json
import secrets
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta

SPAN = 1000  # milliseconds that an act reports; the next act goes on where it ended, as browsers do


@dataclass(frozen=True)
class Learner:
    """What a browser needs to report: its address, its cookies and the activity it has open."""

    path: str
    session: str
    csrf: str
    activity: str
    start: int

    def request(self, number: int, acts: int) -> bytes:
        """The bytes of a report with so many acts, none of which was sent before."""
        rows = [self._act(number * acts + index) for index in range(acts)]
        body = json.dumps({"sent": int(time.time() * 1000), "acts": rows}).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Cookie: sessionid={self.session}; csrftoken={self.csrf}\r\nX-CSRFToken: {self.csrf}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def _act(self, number: int) -> dict[str, object]:
        start = self.start + number * SPAN
        return {
            "key": f"act-{number:08d}",
            "verb": "experienced",
            "activity": self.activity,
            "language": "en",
            "span": [start, start + SPAN],
            "active": SPAN,
        }


def prepare(number: int) -> list[Learner]:
    """So many new learners in one new course. Django is set up, and the database migrated."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from cms.accounts.models import User
    from courses.catalogue.models import Activity, Course, Module
    from courses.catalogue.versions import activities_of, publish
    from courses.enrolment.models import Enrolment

    name = secrets.token_hex(4)
    course = Course.objects.create(slug=name, title_en=name, summary_en="-", outcomes_en="-", credit_hours=1)
    module = Module.objects.create(course=course, title_en="Module", sort_order=1)
    Activity.objects.create(module=module, slug="one", kind="reading", title_en="One", minutes=600, sort_order=1)
    version = publish(course)
    activity = str(activities_of(version)[0].key)
    people = User.objects.bulk_create(
        [User(email=f"{name}-{number}@example.org", name=f"Learner {number}", password="!") for number in range(number)]
    )
    began = timezone.now() - timedelta(days=20)
    found = []
    for person in people:
        enrolment = Enrolment.objects.create(learner=person, course=course, version=version)
        Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=began)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        start = int(began.timestamp() * 1000) + 60_000
        path = f"/en/learn/{enrolment.pk}/statements/"
        found.append(Learner(path, str(session.session_key), secrets.token_hex(16), activity, start))
    return found


def main() -> None:
    """Prints learners as JSON: ``python -m benchmarks.records.learners NUMBER``."""
    import django

    django.setup()
    json.dump([asdict(learner) for learner in prepare(int(sys.argv[1]))], sys.stdout)


if __name__ == "__main__":
    main()
