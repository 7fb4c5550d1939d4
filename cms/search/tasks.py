"""Work behind the request."""

from pathlib import Path

from django_tasks import task

from cms.search import indexing


@task()
def write_pending_changes(path: str, index: str, vocabulary: str | None) -> None:
    """Writes what waits for an index; makes the index first where there is none."""
    if indexing.is_readable(Path(path)):
        indexing.write_pending(Path(path), index)
    else:
        indexing.rebuild_all(Path(path), index, vocabulary)
