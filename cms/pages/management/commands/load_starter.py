from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.search.indexing import postponed


class Command(BaseCommand):
    help = "Loads the starter content. Running it again adds what is missing and changes nothing."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing if the site has a home page of its own already."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Page.objects.filter(depth=2, content_type__model="homepage").exists():
            return
        with postponed(), disable_reference_index_auto_update():
            for path in settings.IMPRINT_STARTERS:
                self.stdout.write(f"Loading {path.rpartition('.')[0]} …")
                import_string(path)()
        self.stdout.write("Indexing references …")
        call_command("rebuild_references_index", verbosity=0)
        self.stdout.write("Indexing for search …")
        call_command("rebuild_modelsearch_index", verbosity=0)
