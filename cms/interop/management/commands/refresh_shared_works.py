from typing import Any

from django.core.management.base import BaseCommand

from cms.interop.keeping import refresh


class Command(BaseCommand):
    help = "Brings what other systems harvest up to date. The hourly run does it, too."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{refresh()} records changed.")
