"""Nominations: who may put forward whom, and who decides."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.professionals.models import Nomination, Pool, PoolMember, Profile
from cms.vocabulary.months import months_later


class NominationRefused(Exception):
    """Why somebody cannot be put forward, in a sentence."""


def may_nominate(user: User) -> bool:
    """Coordinators of any body, and members of any pool."""
    if Organisation.objects.managed_by(user).exists():
        return True
    return PoolMember.objects.current().filter(profile__user=user).exists()


def keeps(user: User, pool: Pool) -> bool:
    """Whether the user reviews the pool’s nominations and sees its list."""
    return Organisation.objects.managed_by(user).filter(pk=pool.organisation_id).exists()


def nominate(pool: Pool, profile: Profile, by: User, statement: str) -> Nomination:
    """Puts somebody forward. Whoever does so for themselves has agreed already.

    :raises NominationRefused: the pool’s rules or an open nomination stand against it
    """
    is_own = profile.user_id == by.pk
    if not pool.is_open:
        raise NominationRefused(_("This pool takes no nominations at present."))
    if is_own and not pool.accepts_self_nomination:
        raise NominationRefused(_("Nobody can nominate themselves for this pool. Ask a coordinator or a member."))
    if not is_own and not may_nominate(by):
        raise NominationRefused(_("Only coordinators and members of a pool nominate others."))
    if not profile.is_public:
        raise NominationRefused(_("Only public profiles can be nominated."))
    if PoolMember.objects.current().filter(pool=pool, profile=profile).exists():
        raise NominationRefused(_("This person is a member of the pool already."))
    state = Nomination.State.AGREED if is_own else Nomination.State.ASKED
    try:
        with transaction.atomic():
            return Nomination.objects.create(
                pool=pool, profile=profile, nominated_by=by, statement=statement, state=state
            )
    except IntegrityError:
        raise NominationRefused(_("This person has been nominated for the pool already.")) from None


def answer(nomination: Nomination, *, agrees: bool) -> bool:
    """The person’s own answer; False where nothing was asked any more."""
    state = Nomination.State.AGREED if agrees else Nomination.State.DECLINED
    waiting = Nomination.objects.filter(pk=nomination.pk, state=Nomination.State.ASKED)
    return bool(waiting.update(state=state))


@transaction.atomic
def decide(nomination: Nomination, by: User, *, admit: bool, reason: str) -> PoolMember | None:
    """Admits for a term, or refuses with a reason. Once only.

    :raises NominationRefused: it is not this person’s to decide, or decided already
    """
    if by.pk in {nomination.nominated_by_id, nomination.profile.user_id}:
        raise NominationRefused(_("Whoever nominates or is nominated does not review. Ask a colleague."))
    state = Nomination.State.ADMITTED if admit else Nomination.State.REFUSED
    waiting = Nomination.objects.filter(pk=nomination.pk, state=Nomination.State.AGREED)
    if not waiting.update(state=state, decided_by=by, decided_at=timezone.now(), reason=reason):
        raise NominationRefused(_("This nomination was decided already, or the person has not agreed."))
    if not admit:
        return None
    today = timezone.localdate()
    return PoolMember.objects.create(
        pool=nomination.pool,
        profile=nomination.profile,
        nomination=nomination,
        starts_on=today,
        ends_on=months_later(today, nomination.pool.term_months) - timedelta(days=1),
    )


def end(member: PoolMember, because: str) -> None:
    """Ends a term today, with a reason; one that is over stays as it was."""
    today = timezone.localdate()
    if member.ends_on >= today:
        member.ends_on, member.ended_because = max(member.starts_on, today - timedelta(days=1)), because
        member.save(update_fields=["ends_on", "ended_because"])
