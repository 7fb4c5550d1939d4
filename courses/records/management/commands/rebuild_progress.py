"""Makes progress, completion and counted time anew from the statements."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.records.rebuild import rebuild


class Command(BaseCommand):
    help = "Makes all that is derived from the learning record anew. Learners can go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for number in rebuild():
            count += number
            if options["verbosity"]:
                self.stdout.write(f"{count} statements read")
        self.stdout.write("Progress and counted time are rebuilt.")
