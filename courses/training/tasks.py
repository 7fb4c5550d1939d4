from django_tasks import task

from courses.training.refresh import refresh


@task()
def refresh_everybody() -> None:
    """Works out anew what everybody owes."""
    refresh()


@task()
def refresh_people(people: list[int]) -> None:
    refresh(people)
