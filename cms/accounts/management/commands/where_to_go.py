from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cms.accounts.management.commands.create_demo_accounts import ACCOUNTS, DOMAIN, PASSWORD
from cms.accounts.models import User


class Command(BaseCommand):
    help = "Prints where the site answers and, in the demo, with which accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"\nImprint is at {settings.BASE_URL}/ and its admin at {settings.BASE_URL}/admin/\n")
        emails = [f"{account}@{DOMAIN}" for account in ACCOUNTS]
        if settings.DEBUG and User.objects.filter(email__in=emails).exists():
            self.stdout.write(f"Demo accounts, all with the password {PASSWORD}:")
            for email in emails:
                self.stdout.write(f"  {email}")
        self.stdout.write("Stop it with Ctrl+C.\n\n")
