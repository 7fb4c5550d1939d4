from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cms.campaigns.desk.tidying import tidy


class Command(BaseCommand):
    help = "Forgets unconfirmed addresses and old kits, and sends mails that were refused before. For cron, daily."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=30, help="Kits older than this are drawn anew when asked for.")

    def handle(self, *args: Any, **options: Any) -> None:
        done = tidy(options["days"])
        self.stdout.write(
            f"Forgotten: {done.subscriptions} subscriptions and {done.unconfirmed} entries and comments that nobody "
            f"confirmed, {done.files} files. Mails sent: {done.mails}."
        )
