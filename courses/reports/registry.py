"""The reports that there are: how each is asked, made into a table, and where its page is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from courses.reports import tables
from courses.reports.asking import Query, ask, ask_course, ask_plan
from courses.reports.scope import Scope
from courses.reports.tables import Clean, Table


@dataclass(frozen=True)
class Report:
    """``page`` is the name of its address; ``has_people`` that each row is a person, which is noted for them."""

    name: str
    label: str | Promise
    page: str
    ask: Callable[[User, str, Query], Any]
    table: Callable[[Any, Clean], Table]
    is_about_one: bool = False
    has_people: bool = False

    def made_for(self, reader: User, subject: str, query: Query, form: str = "") -> tuple[Table, Scope]:
        """The table as this reader may see it, and what they see of the tree. 404 as the page would say it.

        Only in CSV text that looks like a formula has to be changed: a workbook says of each cell that it is text.
        """
        asked = self.ask(reader, subject, query)
        return self.table(asked, tables.safe if form == "csv" else str), asked.scope

    def address(self, subject: str) -> str:
        return reverse(f"reports:{self.page}", args=[subject] if self.is_about_one else [])

    def file_address(self, subject: str, form: str) -> str:
        return reverse("reports:file", args=[self.name, subject or "all", form])

    def keep_address(self, subject: str) -> str:
        return reverse("reports:save", args=[self.name, subject or "all"])


def _ask(reader: User, _subject: str, query: Query) -> Any:
    return ask(reader, query)


REPORTS = {
    report.name: report
    for report in (
        Report("plans", _("Training plans"), "overview", _ask, tables.plans),
        Report("courses", _("Who has completed what"), "overview", _ask, tables.courses),
        Report("completions", _("All completions"), "overview", _ask, tables.completions, has_people=True),
        Report("plan", _("A plan by unit, grade, month or course"), "plan", ask_plan, tables.plan, is_about_one=True),
        Report("people", _("People of a plan"), "people", ask_plan, tables.people, is_about_one=True, has_people=True),
        Report(
            "course", _("People of a course"), "course", ask_course, tables.course, is_about_one=True, has_people=True
        ),
    )
}
