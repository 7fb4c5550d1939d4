from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from cms.accounts.models import User
from cms.directory.models import Membership, Organisation
from cms.directory.signals import moved
from courses.credentials.signals import ledger_changed
from courses.enrolment.models import Cohort, PlanException, TrainingPlan
from courses.training.refresh import refresh
from courses.training.tasks import refresh_below, refresh_everybody


@receiver(ledger_changed)
def count_hours(learner: User, **kwargs: Any) -> None:
    """Inside the transaction that entered the hours: what is owed is never behind the ledger."""
    refresh([learner.pk])


@receiver([post_save, post_delete], sender=Membership)
@receiver([post_save, post_delete], sender=PlanException)
def look_again(instance: Membership | PlanException, raw: bool = False, **kwargs: Any) -> None:
    person = instance.user_id if isinstance(instance, Membership) else instance.learner_id
    if not raw:
        transaction.on_commit(partial(refresh, [person]))


@receiver(m2m_changed, sender=Cohort.people.through)
def look_at_cohort(action: str, reverse: bool, instance: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Whoever joins or leaves a cohort may owe something else; emptying it is seen by the next look at everybody."""
    if action in ("post_add", "post_remove") and pk_set:
        transaction.on_commit(partial(refresh, [instance.pk] if reverse else sorted(pk_set)))


@receiver(post_save, sender=Organisation)
def look_at_unit(instance: Organisation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Its time zone may have changed, by which days begin and end."""
    if not (created or raw):
        transaction.on_commit(partial(refresh_below.enqueue, instance.path))


@receiver(moved)
def look_where_it_stands(organisation: Organisation, **kwargs: Any) -> None:
    """Other plans bind those who stand below another body."""
    transaction.on_commit(partial(refresh_below.enqueue, organisation.path))


@receiver(post_save, sender=TrainingPlan)
def look_at_everybody(raw: bool = False, **kwargs: Any) -> None:
    """A plan may bind a hundred thousand people: a worker looks at them."""
    if not raw:
        transaction.on_commit(refresh_everybody.enqueue)
