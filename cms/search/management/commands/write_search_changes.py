from typing import Any

from django.core.management.base import BaseCommand
from modelsearch.backends import get_search_backends

from cms.search.backend import SearchBackend


class Command(BaseCommand):
    help = (
        "Writes now what waits for the search index. The task does so after each save; this is for a cron job, "
        "and for the start after a crash."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for backend in get_search_backends():
            if isinstance(backend, SearchBackend):
                backend.write_pending()
                queue = backend.queue()
                self.stdout.write(f"{backend.index_name}: {queue['waiting']} waiting, {queue['failed']} failed.")
