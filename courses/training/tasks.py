from django.db.models import Q
from django_tasks import task

from cms.accounts.models import User
from courses.training.refresh import refresh


@task()
def refresh_everybody() -> None:
    """Works out anew what everybody owes."""
    refresh()


@task()
def refresh_below(path: str) -> None:
    """Works out anew what the people of an organisation and of those below it owe, and those who were there."""
    here = Q(memberships__organisation__path__startswith=path)
    refresh(User.objects.filter(here).order_by("pk").values_list("pk", flat=True).distinct().iterator(chunk_size=1000))
