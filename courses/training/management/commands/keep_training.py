from typing import Any

from django.core.management.base import BaseCommand

from courses.training.tasks import schedule
from courses.training.upkeep import keep_up


class Command(BaseCommand):
    help = "Works out what people owe, makes reminders and mails them. Run it every hour, or give it to the worker."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--schedule", action="store_true", help="Have the worker do it every hour from now on.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["schedule"]:
            self.stdout.write("The worker does it every hour." if schedule() else "The worker does it already.")
            return
        kept = keep_up()
        self.stdout.write(f"{kept.changed} obligations changed, {kept.told} notices made, {kept.mailed} letters sent.")
