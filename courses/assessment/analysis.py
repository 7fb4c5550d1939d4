"""What the answers say about the questions: how hard each is, whether it tells people apart, who chose what.

Classical test theory: difficulty is the mean share of points (p-value), discrimination the correlation of a
question's share with the rest of its attempt (corrected item-total correlation, from −1 to 1). Upper and lower
are the best and the weakest 27 % of attempts (Kelley 1939).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from courses.assessment.content import FrozenQuestion, in_language, thaw
from courses.assessment.models import AttemptQuestion, Question, QuestionBank

TAIL = 0.27
# Fewer answers than these say nothing that would hold.
LEAST = 10
# The newest answers that are looked at.
MOST_ANSWERS = 50_000
TOO_EASY, TOO_HARD, TOO_WEAK = 0.95, 0.25, 0.15


@dataclass(frozen=True)
class Distractor:
    """One option: how many of the best and of the weakest attempts chose it."""

    text: str
    is_correct: bool
    count: int
    upper: int
    lower: int

    @property
    def is_suspicious(self) -> bool:
        """A wrong answer that the best choose more often than the weakest, or nobody at all."""
        return not self.is_correct and (self.upper > self.lower or self.count == 0)


@dataclass(frozen=True)
class ItemAnalysis:
    """One question. ``difficulty`` and ``discrimination`` are ``None`` with too few answers."""

    question: Question
    answers: int
    difficulty: float | None
    discrimination: float | None
    distractors: list[Distractor]

    @property
    def advice(self) -> list[str]:
        """Names of what should be looked at: too-easy, too-hard, weak, distractor."""
        found = []
        if self.difficulty is not None and self.difficulty > TOO_EASY:
            found.append("too-easy")
        if self.difficulty is not None and self.difficulty < TOO_HARD:
            found.append("too-hard")
        if self.discrimination is not None and self.discrimination < TOO_WEAK:
            found.append("weak")
        if self.difficulty is not None and any(one.is_suspicious for one in self.distractors):
            found.append("distractor")
        return found


@dataclass(frozen=True)
class _Answer:
    fraction: float
    rest: float
    total: float
    chosen: Sequence[str]


def analyse(bank: QuestionBank, language: str) -> list[ItemAnalysis]:
    """Every question of a bank in its order, from the attempts that are marked. Three queries."""
    answers: dict[int, list[_Answer]] = defaultdict(list)
    for pk, answer in _answers(bank):
        answers[pk].append(answer)
    questions = bank.questions.order_by("sort_order", "pk").prefetch_related("contents")
    return [_analyse_one(question, answers[question.pk], language) for question in questions]


def _answers(bank: QuestionBank) -> Iterable[tuple[int, _Answer]]:
    rows = AttemptQuestion.objects.filter(
        content__question__bank=bank, attempt__passed__isnull=False, fraction__isnull=False
    ).order_by("-attempt__submitted_at")
    values = rows.values_list(
        "content__question_id",
        "fraction",
        "response",
        "content__content__points",
        "attempt__points",
        "attempt__points_possible",
    )
    for pk, fraction, response, points, earned, possible in values[:MOST_ANSWERS]:
        share, total, others = float(fraction or 0), float(earned or 0), (possible or 0) - points
        rest = (total - share * points) / others if others else 0.0
        yield pk, _Answer(share, rest, total / (possible or 1), (response or {}).get("options", []))


def _analyse_one(question: Question, answers: list[_Answer], language: str) -> ItemAnalysis:
    content = question.contents.all()
    frozen = thaw(content[len(content) - 1].content) if content else None
    is_enough = len(answers) >= LEAST
    return ItemAnalysis(
        question=question,
        answers=len(answers),
        difficulty=float(np.mean([answer.fraction for answer in answers])) if is_enough else None,
        discrimination=_correlation(answers) if is_enough else None,
        distractors=_distractors(frozen, answers, language) if frozen else [],
    )


def _correlation(answers: list[_Answer]) -> float | None:
    """Of the question with the rest; ``None`` where all answered alike, which correlates with nothing."""
    item, rest = (np.array([getattr(answer, name) for answer in answers]) for name in ("fraction", "rest"))
    if item.std() == 0 or rest.std() == 0:
        return None
    return float(np.corrcoef(item, rest)[0, 1])


def _distractors(question: FrozenQuestion, answers: list[_Answer], language: str) -> list[Distractor]:
    if not any(answer.chosen for answer in answers):
        return []
    ranked = sorted(answers, key=lambda answer: answer.total)
    tail = max(1, round(len(ranked) * TAIL))
    lower, upper, everyone = (
        Counter(key for answer in part for key in answer.chosen) for part in (ranked[:tail], ranked[-tail:], ranked)
    )
    return [
        Distractor(
            in_language(option.text, language),
            option.is_correct,
            everyone[option.key],
            upper[option.key],
            lower[option.key],
        )
        for option in question.options
    ]
