"""A million statements, and how fast and in how much memory progress is made anew from them.

``python -m benchmarks.records.rebuild fill NUMBER`` writes them, ``… rebuild`` measures in a process of its own.
"""

import resource
import sys
import time
import uuid
from datetime import timedelta

LEARNERS_PER_STATEMENT = 100  # statements of one enrolment


def fill(number: int) -> None:
    """So many statements in chains of a hundred, as they are after a year of learning."""
    from django.utils import timezone

    from benchmarks.records.learners import prepare
    from courses.catalogue.models import Activity
    from courses.enrolment.models import Enrolment
    from courses.records.chain import statement_hash
    from courses.records.models import Statement

    learners = prepare(number // LEARNERS_PER_STATEMENT)
    activity = Activity.objects.get(key=learners[0].activity, module__version__isnull=False).pk
    now, rows = timezone.now(), []
    for learner in learners:
        enrolment, previous = Enrolment.objects.get(pk=learner.path.split("/")[3]), ""
        for sequence in range(1, LEARNERS_PER_STATEMENT + 1):
            start = learner.start + sequence * 60_000
            statement = Statement(
                id=uuid.uuid4(),
                enrolment=enrolment,
                sequence=sequence,
                verb="experienced",
                activity_id=activity,
                result={"spans": [[start, start + 30_000]], "duration": "PT30.000S"},
                context={"revision": "1", "language": "en"},
                key=f"browser:act-{sequence}",
                stored_at=now + timedelta(seconds=sequence),
                previous_hash=previous,
            )
            statement.hash = previous = statement_hash(statement)
            rows.append(statement)
        if len(rows) >= 5000:
            Statement.objects.bulk_create(rows, batch_size=1000)
            rows = []
    Statement.objects.bulk_create(rows, batch_size=1000)


def measure() -> None:
    from courses.records.rebuild import rebuild

    begun = time.perf_counter()
    count = sum(rebuild())
    seconds = time.perf_counter() - begun
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        measure()
