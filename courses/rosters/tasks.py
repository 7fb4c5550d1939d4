from collections.abc import Callable

from django_tasks import task

from courses.rosters import api
from courses.rosters.models import Roster


def _do(work: Callable[[Roster], None], pk: str) -> None:
    roster = Roster.objects.select_related("organisation").filter(pk=pk).first()
    if roster is not None:
        work(roster)


@task()
def check_roster(pk: str) -> None:
    _do(api.check_file, pk)


@task()
def apply_roster(pk: str) -> None:
    _do(api.apply_file, pk)


@task()
def undo_roster(pk: str) -> None:
    _do(api.undo_file, pk)
