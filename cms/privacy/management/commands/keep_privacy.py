from typing import Any

from django.core.management.base import BaseCommand

from cms.privacy.erasure import keep_privacy


class Command(BaseCommand):
    help = "Erases those who asked for it and whose time to think is over, and what was kept long enough. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{keep_privacy()} people erased.")
