from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from cms.vocabulary.models import Audience

PASSWORD = "imprint-demo"  # noqa: S105  (public on purpose; the command refuses outside of the demo)
DOMAIN = "example.org"
# account: name, groups, (organisation, role, audience)
ACCOUNTS: dict[str, tuple[str, list[str], tuple[str, str, str] | None]] = {
    "editor": ("Elena Petrova", ["Editors"], None),
    "translator": ("陈思远", ["Translators"], None),
    "teacher": ("Amina Haddad", [], ("harbour-school", "learner", "teachers")),
    "learner": ("李晓雯", [], ("demo-trade-department", "learner", "civil-servants")),
    "coordinator": ("Jean-Luc Moreau", [], ("demo-ministry", "coordinator", "")),
    "admin": ("Imprint Admin", ["Moderators"], ("demo-ministry", "administrator", "")),
}


class Command(BaseCommand):
    help = "Creates the demo accounts. Refuses unless DEBUG is on: their password is public."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--if-demo", action="store_true", help="Outside of the demo do nothing, without an error.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            if options["if_demo"]:
                return
            raise CommandError("Demo accounts have a public password, so they exist only while DEBUG=1.")
        for account, (name, groups, place) in ACCOUNTS.items():
            self._create(account, name, groups, place)

    @transaction.atomic
    def _create(self, account: str, name: str, groups: list[str], place: tuple[str, str, str] | None) -> None:
        email = f"{account}@{DOMAIN}"
        if User.objects.filter(email=email).exists():
            return
        make = User.objects.create_superuser if account == "admin" else User.objects.create_user
        user = make(email, PASSWORD, name=name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        user.groups.set(Group.objects.filter(name__in=groups))
        if place:
            organisation = Organisation.objects.filter(slug=place[0]).first()
            if organisation:
                audience = Audience.objects.filter(slug=place[2]).first()
                Membership.objects.create(user=user, organisation=organisation, role=place[1], audience=audience)
