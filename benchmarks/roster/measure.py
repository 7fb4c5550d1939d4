"""One measurement in a process of its own: ``measure.py WHAT FILE`` prints seconds and megabytes at most."""

import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

import django

from benchmarks.roster.people import UNITS

django.setup()

from django.db import transaction  # noqa: E402

from cms.accounts.models import User  # noqa: E402
from cms.directory.models import Membership, Organisation  # noqa: E402
from cms.vocabulary import starter as vocabulary  # noqa: E402


def tree() -> Organisation:
    found = Organisation.objects.filter(slug="employer").first()
    if found:
        return found
    vocabulary.load()
    root = Organisation.add_root(instance=Organisation(slug="employer", name_en="Employer", kind="agency"))
    for number in range(UNITS):
        root.add_child(instance=Organisation(slug=f"unit-{number}", name_en=f"Unit {number}", kind="agency"))
    return Organisation.objects.get(pk=root.pk)


def ours(step: str, content: bytes) -> float:
    from courses.rosters import api
    from courses.rosters.models import Roster

    root = tree()
    boss, _is_new = User.objects.get_or_create(email="boss@example.org")
    if step == "preview":
        roster = api.upload(root, boss, "roster", content, is_whole=True)
        work = api.check_file
    else:
        roster = Roster.objects.order_by("-created_at").first()
        work = api.apply_file if step == "apply" else api.undo_file
    began = time.perf_counter()
    work(roster)
    seconds = time.perf_counter() - began
    roster.refresh_from_db()
    assert roster.state == "ready", roster.error
    assert "error" not in roster.counts, roster.counts
    return seconds


def read(content: bytes) -> float:
    """The limit of reading: python-calamine alone."""
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) > 1
    return time.perf_counter() - began


def bare(content: bytes) -> float:
    """The limit of writing: bulk_create of the accounts alone, with what they hold known beforehand."""
    users = [User(email=f"bare{number}@example.org", name="A", password="!") for number in range(100_000)]
    began = time.perf_counter()
    with transaction.atomic():
        User.objects.bulk_create(users)
    return time.perf_counter() - began


def peer(step: str, content: bytes) -> float:
    """django-import-export in bulk mode, for less work: accounts and memberships of people nobody knows yet."""
    import tablib
    from import_export import fields, resources
    from import_export.widgets import ForeignKeyWidget

    units = {unit.slug: unit for unit in Organisation.get_tree(tree())}

    class People(resources.ModelResource):
        class Meta:
            model = User
            import_id_fields = ("email",)
            fields = ("email", "name", "preferred_language")
            use_bulk = True
            batch_size = 5000
            skip_diff = True
            skip_unchanged = False
            use_transactions = True

    class Places(resources.ModelResource):
        user = fields.Field("user", "email", ForeignKeyWidget(User, "email"))
        organisation = fields.Field("organisation", "unit")

        class Meta:
            model = Membership
            import_id_fields = ()
            force_init_instance = True
            fields = ("user", "organisation", "post", "grade", "starts_on")
            use_bulk = True
            batch_size = 5000
            skip_diff = True
            use_transactions = True

        def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
            row["unit"] = units[row["unit"]]

    lines = content.decode().splitlines()
    data = tablib.Dataset(
        headers=["number", "name", "email", "unit", "post", "grade", "audience", "starts_on", "preferred_language"]
    )
    began = time.perf_counter()
    for line in lines[1:]:
        data.append(line.split(","))
    result = People().import_data(data, dry_run=step == "preview", raise_errors=True)
    assert not result.has_errors()
    if step == "apply":
        result = Places().import_data(data, raise_errors=True)
        assert not result.has_errors()
        assert Membership.objects.filter(user__email__startswith="person").count() == len(data)
    return time.perf_counter() - began


def main() -> None:
    what, file = sys.argv[1], Path(sys.argv[2])
    content = file.read_bytes()
    if what in ("read", "bare"):
        seconds = {"read": read, "bare": bare}[what](content)
    else:
        whose, _colon, step = what.partition(":")
        seconds = {"ours": ours, "peer": peer}[whose](step, content)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.3f} {memory:.0f}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
