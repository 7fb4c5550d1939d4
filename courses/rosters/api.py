"""A roster from upload to undoing. Each step is a task that may be begun again at any point."""

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date
from itertools import islice
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.jobs.models import PATIENCE, carry_out
from cms.tables.reading import Unreadable, read
from courses.rosters.applying import apply, in_chunks
from courses.rosters.checking import ERROR, KINDS, LEAVING, Row, check
from courses.rosters.models import Roster, RosterChunk, rosters
from courses.rosters.undoing import undo
from courses.rosters.words import why_unreadable
from courses.training.tasks import refresh_below

STEP = 5000  # rows after which the progress is told


def upload(organisation: Organisation, author: User, name: str, content: bytes, *, is_whole: bool) -> Roster:
    """Keeps the file. It is checked by a task."""
    roster = Roster(organisation=organisation, author=author, file_name=name[:200], is_whole=is_whole)
    suffix = "xlsx" if content.startswith(b"PK") else "csv"
    roster.file.save(f"roster.{suffix}", ContentFile(content), save=False)
    roster.save()
    return roster


def check_file(roster: Roster) -> None:
    """Works out what the roster would change, and keeps it for the preview. Changes nobody."""
    if _claim(roster, Roster.Work.CHECK, ""):
        _carry_out(roster, _check)


def apply_file(roster: Roster) -> None:
    """Applies the good rows. What a run before this one has applied, it finds unchanged."""
    if _claim(roster, Roster.Work.APPLY, Roster.Stage.CHECKED):
        _carry_out(roster, _apply)
        refresh_below.enqueue(roster.organisation.path)


def undo_file(roster: Roster) -> None:
    """Takes back what was applied, the last rows first."""
    if _claim(roster, Roster.Work.UNDO, Roster.Stage.APPLIED):
        _carry_out(roster, _undo)
        refresh_below.enqueue(roster.organisation.path)


def _check(roster: Roster) -> None:
    roster.finish(counts=_write_preview(roster, _rows(roster)), stage=Roster.Stage.CHECKED)


def _apply(roster: Roster) -> None:
    today, done = _today(roster), Counter[str]()
    for rows in in_chunks(_rows(roster)):
        # Whoever is not found because of a mistake in their row has not left.
        if done[ERROR] or any(row.kind == ERROR for row in rows):
            rows = [row for row in rows if row.kind != LEAVING]
        apply(roster, roster.organisation, rows, today)
        done.update(row.kind for row in rows)
    roster.finish(stage=Roster.Stage.APPLIED, counts=_applied(roster, done), applied_at=timezone.now())


def _undo(roster: Roster) -> None:
    kept: Counter[str] = Counter(roster.kept)
    for pk in list(roster.chunks.order_by("-number").values_list("pk", flat=True)):
        kept += undo(RosterChunk.objects.get(pk=pk))
        roster._change(kept=dict(kept))
    roster.finish(stage=Roster.Stage.UNDONE)


def preview(roster: Roster, kind: str, first: int, most: int) -> list[dict[str, Any]]:
    """Some rows of a kind, as they were when the file was checked."""
    name = _preview_name(roster, kind)
    if kind not in KINDS or not rosters().exists(name):
        return []
    with rosters().open(name) as file, gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in islice(lines, first, first + most)]


def forget(roster: Roster) -> None:
    """Takes away what a roster says about people: its previews, and what it would take to undo it."""
    for kind in KINDS:
        rosters().delete(_preview_name(roster, kind))
    roster.chunks.all().delete()


# --- within ---------------------------------------------------------------------------------------------
def _claim(roster: Roster, work: str, stage: str) -> bool:
    """Whether this worker does it: nobody else is at it, and it was not done."""
    stuck = Q(changed_at__lte=timezone.now() - PATIENCE)
    free = Roster.objects.filter(~Q(state=Roster.State.WORKING) | stuck, pk=roster.pk, stage=stage)
    is_mine = free.update(state=Roster.State.WORKING, work=work, done=0, changed_at=timezone.now(), error="")
    roster.refresh_from_db()
    return bool(is_mine)


class Refused(Exception):
    """A file that cannot be read, in the words of whoever uploaded it."""


def _carry_out(roster: Roster, work: Callable[[Roster], None]) -> None:
    def saying_why(job: Roster) -> None:
        try:
            work(job)
        except Unreadable as error:
            raise Refused(why_unreadable(error)) from error

    carry_out(roster, saying_why, Refused)


def _today(roster: Roster) -> date:
    """The day that has begun where the organisation is and in UTC, too: so that whoever comes with a roster is there
    at once, wherever their coordinator is."""
    return min(timezone.localdate(timezone=zone) for zone in (roster.organisation.zone, UTC))


def _rows(roster: Roster) -> Iterator[Row]:
    """The file's rows against what is stored now; tells the progress as they go by."""
    with roster.file.open("rb") as file:
        sheet = read(file.read())
    found = check(sheet, roster.organisation, _today(roster), is_whole=roster.is_whole)
    for number, row in enumerate(found):
        if number % STEP == 0:
            roster._change(done=number, total=max(roster.total, number + 1))
        yield row


def _write_preview(roster: Roster, rows: Iterator[Row]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    files = {kind: io.BytesIO() for kind in KINDS}
    with ExitStack() as stack:
        lines = {
            kind: stack.enter_context(gzip.open(file, "wt", compresslevel=1, encoding="utf-8"))
            for kind, file in files.items()
        }
        for row in rows:
            counts[row.kind] += 1
            lines[row.kind].write(json.dumps(row.to_json(), ensure_ascii=False) + "\n")
    for kind, file in files.items():
        name = _preview_name(roster, kind)
        rosters().delete(name)
        if counts[kind]:
            rosters().save(name, ContentFile(file.getvalue()))
    roster._change(total=max(1, sum(counts.values())))
    return dict(counts)


def _preview_name(roster: Roster, kind: str) -> str:
    return f"{roster.pk}/{kind}.jsonl.gz"


def _applied(roster: Roster, done: Counter[str]) -> dict[str, int]:
    """A run that was cut off has applied rows that the next one finds unchanged: the preview knew them."""
    return roster.counts if roster.chunks.count() > 1 else dict(done)
