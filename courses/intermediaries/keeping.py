"""Keeping the register: admission, changes of status, renewal, the integrity record. Each once; history stays."""

from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.vocabulary.months import months_later
from courses.intermediaries.education import owed_for_renewal
from courses.intermediaries.letters import tell, tell_holder
from courses.intermediaries.matching import number_key
from courses.intermediaries.models import (
    Application,
    IntegrityRecord,
    Objection,
    Practice,
    QualificationTrack,
    RegisterEntry,
    Renewal,
    Standing,
    StatusChange,
)
from courses.intermediaries.progress import progress_of

RENEWABLE_DAYS = 90  # before the last day


class Refused(ValueError):
    """What cannot be done, in a sentence for whoever asked for it."""


# --- Candidates ---------------------------------------------------------------------------------------
@transaction.atomic
def apply(person: User, track: QualificationTrack) -> Application:
    """A candidate who has everything asks to be entered; asking twice is asking once."""
    waiting = Application.objects.filter(person=person, track=track, state=Application.State.ASKED).first()
    if waiting:
        return waiting
    if not track.is_open:
        raise Refused(_("This qualification takes no applications at present."))
    if RegisterEntry.objects.filter(track=track, user=person).exclude(status=Standing.STRUCK_OFF).exists():
        raise Refused(_("You are on this register already."))
    if not progress_of(person, track).is_complete:
        raise Refused(_("Something is still missing. Complete it first."))
    return Application.objects.create(person=person, track=track)


@transaction.atomic
def confirm(practice: Practice, by: User, *, is_right: bool, reason: str = "") -> bool:
    """The organisation’s answer, once. False where it was answered before."""
    state = Practice.State.CONFIRMED if is_right else Practice.State.DECLINED
    waiting = Practice.objects.filter(pk=practice.pk, state=Practice.State.ASKED)
    if not waiting.update(state=state, reason=reason, decided_by=by, decided_at=timezone.now()):
        return False
    tell(practice.person, "practice", practice=practice, is_right=is_right, reason=reason)
    return True


# --- Admission ----------------------------------------------------------------------------------------
@transaction.atomic
def admit(application: Application, entry: RegisterEntry, by: User) -> RegisterEntry:
    """Enters the candidate: name and account are theirs, the number is the keeper’s."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != Application.State.ASKED:
        raise Refused(_("Somebody else had decided already. Their decision counts."))
    if application.person_id == by.pk:
        raise Refused(_("Somebody else decides about your own application."))
    entry.track, entry.user, entry.holder = application.track, application.person, RegisterEntry.Holder.PERSON
    enter(entry, by)
    application.state, application.decided_by = Application.State.ADMITTED, by
    application.decided_at = timezone.now()
    application.save()
    tell(application.person, "admitted", entry=entry)
    return entry


@transaction.atomic
def enter(entry: RegisterEntry, by: User) -> RegisterEntry:
    """A new entry with the first line of its history."""
    refuse_taken_number(entry)
    months = entry.track.valid_months
    if months and entry.valid_until is None:
        entry.valid_until = months_later(entry.admitted_on, months)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:  # another keeper was quicker
        raise Refused(_("Another entry of this register has this number.")) from None
    StatusChange.objects.create(
        entry=entry, status=Standing.ACTIVE, since=entry.admitted_on, reason=_("Admission"), author=by
    )
    return entry


def refuse_taken_number(entry: RegisterEntry) -> None:
    key = number_key(entry.number)
    if not key:
        raise Refused(_("A registration number has letters or digits."))
    others = RegisterEntry.objects.filter(track=entry.track, number_key=key)
    if others.exclude(pk=entry.pk).exists():
        raise Refused(_("Another entry of this register has this number."))


@transaction.atomic
def refuse(application: Application, by: User, reason: str) -> None:
    if application.person_id == by.pk:
        raise Refused(_("Somebody else decides about your own application."))
    waiting = Application.objects.filter(pk=application.pk, state=Application.State.ASKED)
    state = Application.State.REFUSED
    if not waiting.update(state=state, reason=reason, decided_by=by, decided_at=timezone.now()):
        raise Refused(_("Somebody else had decided already. Their decision counts."))
    tell(application.person, "refused", application=application, reason=reason)


# --- Status and renewal -------------------------------------------------------------------------------
def refuse_own(entry: RegisterEntry, by: User) -> None:
    """Nobody keeps their own entry, nor that of an agency that they manage."""
    if RegisterEntry.objects.held_by(by).filter(pk=entry.pk).exists():
        raise Refused(_("This entry is your own: somebody else keeps it."))


@transaction.atomic
def change_status(entry: RegisterEntry, change: StatusChange, by: User) -> None:
    """Adds a line to the history. The same form sent twice (by its ``key``) adds one."""
    entry = RegisterEntry.objects.select_for_update(of=("self",)).select_related("track").get(pk=entry.pk)
    if StatusChange.objects.filter(key=change.key).exists():
        return
    _check_change(entry, change)
    change.entry, change.author = entry, by
    change.save()
    entry.status, entry.status_since, entry.status_until = change.status, change.since, change.until
    entry.save(update_fields=["status", "status_since", "status_until"])
    tell_holder(entry, "status", change=change)


def _check_change(entry: RegisterEntry, change: StatusChange) -> None:
    last = entry.changes.first()
    if change.since > timezone.localdate():
        raise Refused(_("This day has not come yet. Enter the change on the day on which it takes effect."))
    if change.since < (last.since if last else entry.admitted_on):
        raise Refused(_("The history has a later line already. Choose a later day."))
    if change.until and change.status != Standing.SUSPENDED:
        raise Refused(_("Only a suspension has a last day."))
    if change.until and change.until < change.since:
        raise Refused(_("The last day is before the first. Change one of them."))
    if (change.status, change.until) == (entry.status, entry.status_until):
        raise Refused(_("The entry has this status already."))


@transaction.atomic
def renew(entry: RegisterEntry, by: User, reason: str = "") -> Renewal:
    """The next term, once. Raises ``Refused`` where hours are missing and no reason says why it goes on."""
    entry = RegisterEntry.objects.select_for_update(of=("self",)).select_related("track").get(pk=entry.pk)
    months, until = entry.track.valid_months, entry.valid_until
    if not months or until is None:
        raise Refused(_("Entries of this register are not renewed: they stay."))
    if entry.status == Standing.STRUCK_OFF:
        raise Refused(_("An entry that is struck off is not renewed."))
    today = timezone.localdate()
    if until - today > timedelta(days=RENEWABLE_DAYS):
        raise Refused(_("It can be renewed in the last %(days)d days of its term.") % {"days": RENEWABLE_DAYS})
    next_until = months_later(until, months)
    if next_until < today:
        raise Refused(_("It ran out more than a term ago. The holder applies anew."))
    years = owed_for_renewal(entry)
    missing = sum((year.missing for year in years), Decimal(0))
    if missing and not reason.strip():
        raise Refused(
            _("%(hours)s hours of continuing education are missing. Say why it is renewed all the same.")
            % {"hours": floatformat(missing)}
        )
    hours = sum((year.earned for year in years), Decimal(0))
    renewal = Renewal.objects.create(
        entry=entry, renewed_from=until, valid_until=next_until, hours=hours, reason=reason.strip(), author=by
    )
    entry.valid_until = next_until
    entry.save(update_fields=["valid_until"])
    tell_holder(entry, "renewed", renewal=renewal)
    return renewal


# --- The integrity record -----------------------------------------------------------------------------
def enter_record(entry: RegisterEntry, record: IntegrityRecord, by: User) -> IntegrityRecord:
    """Stands in public at once, and the holder is told. The same form sent twice enters one."""
    known = IntegrityRecord.objects.filter(key=record.key).first()
    if known:
        return known
    with transaction.atomic():
        record.entry, record.entered_by = entry, by
        record.save()
        tell_holder(entry, "record", record=record)
    return record


def object_to(record: IntegrityRecord, person: User, text: str) -> Objection:
    """One objection at a time for a record; a rejected one may be followed by another with new grounds."""
    try:
        with transaction.atomic():
            return Objection.objects.create(record=record, person=person, text=text)
    except IntegrityError:
        raise Refused(_("An objection to this record is being examined already.")) from None


@transaction.atomic
def decide_objection(objection: Objection, by: User, *, is_upheld: bool, answer: str) -> None:
    """By somebody who did not enter the record. Upheld, the record is withdrawn in the same moment."""
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    record = objection.record
    if objection.state != Objection.State.OPEN:
        raise Refused(_("Somebody else had decided already. Their decision counts."))
    if by.pk in {record.entered_by_id, objection.person_id}:
        raise Refused(_("Somebody decides who neither entered the record nor objects to it."))
    objection.state = Objection.State.UPHELD if is_upheld else Objection.State.REJECTED
    objection.answer, objection.decided_by, objection.decided_at = answer, by, timezone.now()
    objection.save()
    if is_upheld:
        IntegrityRecord.objects.filter(pk=record.pk).update(withdrawn_at=timezone.now())
    tell(objection.person, "objection", objection=objection, is_upheld=is_upheld)
