"""Checks every learning record against its chain of hashes."""

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from courses.records.chain import Fault, faults
from courses.records.models import EnrolmentProgress, Statement


class Command(BaseCommand):
    help = "Finds statements that were altered, removed, put in or cut off, and says which."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--enrolment", type=UUID, help="check this enrolment's record only")

    def handle(self, *args: Any, enrolment: UUID | None = None, **options: Any) -> None:
        statements = Statement.objects.order_by("enrolment_id", "sequence")
        ends = EnrolmentProgress.objects.all()
        if enrolment:
            statements, ends = statements.filter(enrolment=enrolment), ends.filter(pk=enrolment)
        found = list(_check(statements.iterator(2000), ends))
        for fault in found:
            self.stdout.write(self.style.ERROR(str(fault)))
        if found:
            raise CommandError(f"{len(found)} faults in the learning record.")
        self.stdout.write("The learning record is whole.")


def _check(statements: Iterator[Statement], ends: Any) -> Iterator[Fault]:
    last = {pk: (sequence, digest) for pk, sequence, digest in ends.values_list("pk", "sequence", "hash")}
    for enrolment, found in groupby(statements, key=lambda statement: statement.enrolment_id):
        yield from faults(found, last.pop(enrolment, None))
    for enrolment, (sequence, _digest) in last.items():
        for missing in range(1, sequence + 1):
            yield Fault(enrolment, missing, "cut-off")
