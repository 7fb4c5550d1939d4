"""Publishing an evaluation: the weighted score is worked out once, and stays."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils import timezone

from cms.accounts.models import User
from cms.bases.models import HUNDRED, Evaluation


class NotReady(Exception):
    """Why an evaluation cannot be published; ``problems`` are sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def weighted(evaluation: Evaluation) -> Decimal:
    """The score out of 100, by the weights of the criteria, to one decimal."""
    scores = evaluation.scores.filter(criterion__is_in_use=True).select_related("criterion")
    total = sum((Decimal(score.points * score.criterion.weight) for score in scores), Decimal(0))
    return (total / HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)


@transaction.atomic
def publish(evaluation: Evaluation, by: User) -> None:
    """Once; a second call does nothing.

    :raises NotReady: something is missing
    """
    if evaluation.is_published:
        return
    if problems := evaluation.problems():
        raise NotReady(problems)
    evaluation.score, evaluation.published_at, evaluation.published_by = weighted(evaluation), timezone.now(), by
    evaluation.save(update_fields=["score", "published_at", "published_by"])
