from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from curriculum.packs.api import clear_before


class Command(BaseCommand):
    help = "Deletes finished lesson packs that are older than some days. They are made anew when asked for."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--days", type=int, default=30, help="How old a pack may be (default: 30).")

    def handle(self, *args: Any, **options: Any) -> None:
        count = clear_before(timezone.now() - timedelta(days=options["days"]))
        self.stdout.write(f"{count} packs deleted.")
