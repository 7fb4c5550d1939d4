"""Hands in quiz attempts whose time is up."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.activities.quiz.tasks import close_overdue


class Command(BaseCommand):
    help = "Hands in quiz attempts whose time limit or deadline has passed, and records their results."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{close_overdue()} attempts handed in.")
