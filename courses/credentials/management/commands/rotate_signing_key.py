from typing import Any

from django.core.management.base import BaseCommand

from courses.credentials.badges.keys import rotate


class Command(BaseCommand):
    help = "Makes a new key for signing credentials. What the old one signed before stays genuine."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--compromised",
            action="store_true",
            help="Somebody else may know the old key: nothing that it signed is genuine any more.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        key = rotate(is_compromised=options["compromised"])
        self.stdout.write(f"The key in use is now {key.public}. It is published at /.well-known/did.json.")
