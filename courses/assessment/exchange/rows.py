"""A question as it stands in a file, between the database and any format."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cms.vocabulary.models import Topic
from courses.assessment.models import Competence, Option, Question, QuestionBank
from courses.assessment.types.gaps import GAP

CODES = tuple(code for code, _name in settings.LANGUAGES)
Kind = Question.Kind
Texts = dict[str, str]  # by language code
MOST_QUESTIONS = 5000
MOST_OPTIONS = 20


@dataclass
class OptionRow:
    """A possible answer. Texts that a file does not have stay as they are in the database."""

    text: Texts = field(default_factory=dict)
    match: Texts = field(default_factory=dict)
    feedback: Texts = field(default_factory=dict)
    is_correct: bool = False


@dataclass
class QuestionRow:
    """A question with its options in their order. ``place`` says where it stands in the file."""

    kind: str
    place: str = ""
    key: UUID | None = None
    points: int = 1
    difficulty: str = Question.Difficulty.MEDIUM
    topic: str = ""
    competence: str = ""
    number: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    text: Texts = field(default_factory=dict)
    feedback: Texts = field(default_factory=dict)
    options: list[OptionRow] = field(default_factory=list)


class BankRefused(Exception):
    """A file that is not taken; ``problems`` are sentences, each with its place in the file."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


def rows_of(bank: QuestionBank) -> list[QuestionRow]:
    """The questions of a bank, retired ones left out."""
    questions = bank.questions.filter(is_retired=False).select_related("topic", "competence")
    return [_row(question) for question in questions.order_by("sort_order", "pk").prefetch_related("options")]


def _row(question: Question) -> QuestionRow:
    return QuestionRow(
        kind=question.kind,
        key=question.key,
        points=question.points,
        difficulty=question.difficulty,
        topic=question.topic.slug if question.topic else "",
        competence=question.competence.slug if question.competence else "",
        number=question.number,
        tolerance=question.tolerance,
        text=_texts(question, "text"),
        feedback=_texts(question, "feedback"),
        options=[
            OptionRow(
                _texts(option, "text"), _texts(option, "match"), _texts(option, "feedback"), bool(option.is_correct)
            )
            for option in question.options.all()
        ],
    )


def _texts(record: Question | Option, name: str) -> Texts:
    found = {code: getattr(record, f"{name}_{code.replace('-', '_')}") for code in CODES}
    return {code: text for code, text in found.items() if text}


@dataclass(frozen=True)
class Stored:
    added: int
    changed: int


@transaction.atomic
def store(bank: QuestionBank, rows: Sequence[QuestionRow]) -> Stored:
    """Stores all the questions of a file, or none: raises ``BankRefused`` with everything that is wrong.

    A question with a key that the bank knows is changed, any other is added. Attempts keep the questions as
    they were asked.
    """
    known = {question.key: question for question in bank.questions.prefetch_related("options")}
    problems = [problem for row in rows for problem in check(row, is_known=row.key in known)]
    if len(rows) > MOST_QUESTIONS:
        problems.append(_("There are more than %(most)s questions. Divide the file.") % {"most": MOST_QUESTIONS})
    problems += _unknown_terms(rows)
    if problems:
        raise BankRefused(problems)
    last = bank.questions.aggregate(last=Max("sort_order"))["last"] or 0
    added = 0
    for row in rows:
        question = known.get(row.key) if row.key else None
        if question is None:
            added += 1
            taken = row.key is not None and Question.objects.filter(key=row.key).exists()
            key = uuid4() if taken or row.key is None else row.key
            question = Question(bank=bank, key=key, sort_order=last + added)
        _write(question, row)
    return Stored(added, len(rows) - added)


def _unknown_terms(rows: Sequence[QuestionRow]) -> list[str]:
    topics = set(Topic.objects.values_list("slug", flat=True))
    competences = set(Competence.objects.values_list("slug", flat=True))
    message = _("%(place)s: “%(slug)s” is no topic or competence of this site.")
    return [
        message % {"place": row.place, "slug": slug}
        for row in rows
        for slug, names in ((row.topic, topics), (row.competence, competences))
        if slug and slug not in names
    ]


def _write(question: Question, row: QuestionRow) -> None:
    question.kind, question.points, question.difficulty = row.kind, row.points, row.difficulty
    question.topic = Topic.objects.filter(slug=row.topic).first() if row.topic else None
    question.competence = Competence.objects.filter(slug=row.competence).first() if row.competence else None
    question.number, question.tolerance = row.number, row.tolerance
    _set(question, "text", row.text)
    _set(question, "feedback", row.feedback)
    before = list(question.options.all()) if question.pk else []
    options = []
    for place, found in enumerate(row.options, start=1):
        option = before[place - 1] if place <= len(before) else Option()
        option.sort_order, option.is_correct = place, found.is_correct
        for name in ("text", "match", "feedback"):
            _set(option, name, getattr(found, name))
        options.append(option)
    question.options = options
    question.save()


def _set(record: Question | Option, name: str, texts: Texts) -> None:
    for code, text in texts.items():
        setattr(record, f"{name}_{code.replace('-', '_')}", text)


def check(row: QuestionRow, *, is_known: bool) -> list[str]:
    """What is wrong with a question, each in a sentence."""
    problems = []
    if not is_known and not row.text.get("en"):
        problems.append(_("a new question needs its English text."))
    if row.kind not in Kind.values:
        problems.append(_("“%(kind)s” is no kind of question.") % {"kind": row.kind})
    if row.difficulty not in Question.Difficulty.values:
        problems.append(_("the difficulty is one of: easy, medium, hard."))
    if not 1 <= row.points <= 100:
        problems.append(_("the points are a number from 1 to 100."))
    if len(row.options) > MOST_OPTIONS:
        problems.append(_("there are more than %(most)s answers.") % {"most": MOST_OPTIONS})
    problems += _check_options(row)
    return [f"{row.place}: {problem}" for problem in problems]


def _check_options(row: QuestionRow) -> list[str]:
    right = sum(option.is_correct for option in row.options)
    if row.kind in {Kind.SINGLE, Kind.TRUE_FALSE} and (right != 1 or len(row.options) < 2):
        return [_("it needs two answers at least, exactly one of them correct.")]
    if row.kind == Kind.MULTIPLE and (right < 1 or len(row.options) < 2):
        return [_("it needs two answers at least, one or more of them correct.")]
    if row.kind == Kind.MATCHING and (len(row.options) < 2 or not all(option.match for option in row.options)):
        return [_("it needs two pairs at least.")]
    if row.kind == Kind.ORDERING and len(row.options) < 2:
        return [_("it needs two items at least.")]
    if row.kind == Kind.NUMERIC and row.number is None:
        return [_("it needs the right number.")]
    if row.kind == Kind.GAPS:
        return _check_gaps(row)
    return []


def _check_gaps(row: QuestionRow) -> list[str]:
    wanted = {str(number) for number in range(1, len(row.options) + 1)}
    bad = [code for code, text in row.text.items() if set(GAP.findall(text)) != wanted or not wanted]
    return (
        [_("its text needs a gap such as [[1]] for each answer (%(codes)s).") % {"codes": ", ".join(bad)}]
        if bad
        else []
    )
