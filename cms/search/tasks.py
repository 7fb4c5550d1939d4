"""Work behind the request."""

from pathlib import Path

from django.apps import apps
from django_tasks import task

from cms.search import indexing


@task()
def write_pending_changes(path: str, index: str, vocabulary: str | None) -> None:
    """Writes what waits for an index; makes the index first where there is none."""
    indexing.bring_up_to_date(Path(path), index, vocabulary)


@task()
def count_query(text: str) -> None:
    """Counts a query for the editors' report of popular searches."""
    query = apps.get_model("wagtailsearchpromotions", "Query")
    query.get(text).add_hit()
