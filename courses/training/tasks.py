from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from cms.accounts.models import User
from cms.privacy.erasure import keep_privacy
from courses.training.refresh import refresh
from courses.training.upkeep import keep_up


@task()
def refresh_everybody() -> None:
    """Works out anew what everybody owes."""
    refresh()


@task()
def refresh_below(path: str) -> None:
    """Works out anew what the people of an organisation and of those below it owe, and those who were there."""
    here = Q(memberships__organisation__path__startswith=path)
    refresh(User.objects.filter(here).order_by("pk").values_list("pk", flat=True).distinct().iterator(chunk_size=1000))


@task()
def keep_up_hourly() -> None:
    """Does what is due, and plans itself for the next hour."""
    try:
        keep_up()
        keep_privacy()
    finally:
        schedule()


def schedule() -> bool:
    """Plans the next run, if none is planned. False where one is, or where tasks cannot be planned."""
    if not keep_up_hourly.get_backend().supports_defer:
        return False
    waiting = DBTaskResult.objects.filter(task_path=keep_up_hourly.module_path, status="READY")
    if waiting.exists():
        return False
    keep_up_hourly.using(run_after=timezone.now() + timedelta(hours=1)).enqueue()
    return True
