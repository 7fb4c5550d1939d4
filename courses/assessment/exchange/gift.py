r"""Question banks as GIFT, Moodle's text format, one language a file.

``=`` and ``~`` mark answers, ``#`` their explanations, ``####`` the question's; ``\`` stands before a character
that means itself. Points, difficulty, topic and key stand in the comment above a question, as Moodle writes
``[id:…] [tag:…]``. Orderings are written as Moodle's ordering questions are. A text with several gaps has no
form in GIFT: it is left out and named.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.assessment.exchange.rows import CODES, BankRefused, Kind, OptionRow, QuestionRow

MEANINGFUL = re.compile(r"([~=#{}:\\])")
TAG = re.compile(r"\[(id|tag):([^\]]*)\]")
MOST_BYTES = 5 * 1024 * 1024
ORDERING = ">ALL VERTICAL ABSOLUTE_POSITION SHOW"


# --- writing ---------------------------------------------------------------------------------------------
def write(rows: Sequence[QuestionRow], code: str) -> tuple[str, list[QuestionRow]]:
    """The questions that have their text in a language as GIFT, and those that GIFT has no form for."""
    left_out = [row for row in rows if row.kind == Kind.GAPS and len(row.options) > 1]
    written = [_block(row, code) for row in rows if row not in left_out and row.text.get(code)]
    return "\n\n".join(written) + "\n", left_out


def _block(row: QuestionRow, code: str) -> str:
    tags = [f"[id:{row.key}]", f"[tag:difficulty-{row.difficulty}]", f"[tag:points-{row.points}]"]
    tags += [f"[tag:topic-{row.topic}]"] if row.topic else []
    tags += [f"[tag:competence-{row.competence}]"] if row.competence else []
    tags.append(f"[tag:kind-{row.kind}]")
    before, after = escaped(row.text[code]), ""
    if row.kind == Kind.GAPS:
        before, after = (escaped(part) for part in re.split(r"\[\[1\]\]", row.text[code], maxsplit=1))
    feedback = f"####{escaped(row.feedback[code])}" if row.feedback.get(code) else ""
    return f"// {' '.join(tags)}\n::{row.key}::{before}{{{_answers(row, code)}{feedback}}}{after}"


def _answers(row: QuestionRow, code: str) -> str:
    if row.kind == Kind.SHORT_ANSWER:
        return ""
    if row.kind == Kind.NUMERIC:
        return f"#{_plain(row.number)}:{_plain(row.tolerance)}"
    if row.kind == Kind.TRUE_FALSE:
        return "TRUE" if row.options[0].is_correct else "FALSE"
    if row.kind == Kind.ORDERING:
        return f"{ORDERING}\n" + "".join(f"{escaped(_in(option.text, code))}\n" for option in row.options)
    if row.kind == Kind.GAPS:
        return " ".join(f"={escaped(variant)}" for variant in _in(row.options[0].text, code).split("|"))
    return "\n" + "".join(f"{_mark(row, option)}{_answer(option, code)}\n" for option in row.options)


def _mark(row: QuestionRow, option: OptionRow) -> str:
    if row.kind != Kind.MULTIPLE:
        return "=" if option.is_correct or row.kind == Kind.MATCHING else "~"
    share = Decimal(100) / sum(one.is_correct for one in row.options)
    return f"~%{'' if option.is_correct else '-'}{_plain(round(share, 5))}%"


def _answer(option: OptionRow, code: str) -> str:
    text = escaped(_in(option.text, code))
    if option.match:
        text = f"{text} -> {escaped(_in(option.match, code))}"
    return f"{text}#{escaped(option.feedback[code])}" if option.feedback.get(code) else text


def _in(texts: dict[str, str], code: str) -> str:
    return texts.get(code) or texts.get("en", "")


def _plain(number: Decimal | None) -> str:
    return f"{(number or Decimal(0)).normalize():f}"


def escaped(text: str) -> str:
    return MEANINGFUL.sub(r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text).strip()


# --- reading ---------------------------------------------------------------------------------------------
def read(content: bytes, code: str) -> list[QuestionRow]:
    """The questions of a GIFT file in a language. Raises ``BankRefused`` with the line of what cannot be read."""
    if len(content) > MOST_BYTES:
        raise BankRefused([_("The file is larger than 5 MB. Divide it.")])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BankRefused([_("The file is not in UTF-8. Save it again as UTF-8.")]) from error
    return [_read_block(line, tags, block, code) for line, tags, block in _blocks(text)]


def _blocks(text: str) -> Iterator[tuple[int, dict[str, str], str]]:
    """Each question with the line it begins at and the tags above it. An empty line ends it, outside of braces."""
    block: list[str] = []
    tags: dict[str, str] = {}
    first, depth = 0, 0
    for line, words in enumerate([*text.split("\n"), ""], start=1):
        if not block and words.startswith("//"):
            tags |= _tags(words)
        elif words.startswith("$CATEGORY") and not block:
            continue
        elif words.strip() or depth > 0:
            first = first or line
            block.append(words)
            depth += len(re.findall(r"(?<!\\){", words)) - len(re.findall(r"(?<!\\)}", words))
        elif block:
            yield first, tags, "\n".join(block)
            block, tags, first = [], {}, 0
    if block:
        raise BankRefused([_("Line %(line)s: the braces of this question are not closed.") % {"line": first}])


def _tags(words: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in TAG.findall(words):
        found |= {"id": value} if name == "id" else dict([value.partition("-")[::2]])
    return found


def _read_block(line: int, tags: dict[str, str], block: str, code: str) -> QuestionRow:
    place = _("Line %(line)s") % {"line": line}
    titled = re.match(r"\s*::(?:\\.|[^:\\])*::", block)
    body = block[titled.end() :] if titled else block
    body = re.sub(r"^\s*\[(?:html|moodle|plain|markdown)\]", "", body)
    found = re.fullmatch(r"((?:\\.|[^{}\\])*)\{((?:\\.|[^{}\\])*)\}((?:\\.|[^{}\\])*)", body, re.DOTALL)
    if found is None:
        raise BankRefused([_("%(place)s: a question needs its answers in one pair of braces.") % {"place": place}])
    before, inside, after = found.groups()
    inside, _mark, feedback = _split(inside, "####")
    try:
        row = _typed(inside.strip(), code)
        row.points = int(tags.get("points", "1"))
        row.key = UUID(tags["id"]) if "id" in tags else None
    except (ValueError, InvalidOperation) as error:
        raise BankRefused([_("%(place)s: the answers cannot be read.") % {"place": place}]) from error
    if row.kind == Kind.SINGLE and (after.strip() or tags.get("kind") == Kind.GAPS):
        row = QuestionRow(Kind.GAPS, key=row.key, points=row.points, options=[_gap(row, code)])
    row.place = place
    row.text = {code: _spaced(before, after) if row.kind == Kind.GAPS else unescaped(before)}
    row.feedback = {code: unescaped(feedback)} if feedback.strip() else {}
    row.difficulty = tags.get("difficulty", row.difficulty)
    row.topic, row.competence = tags.get("topic", ""), tags.get("competence", "")
    return row


def _spaced(before: str, after: str) -> str:
    """The gap in its text, with the spaces that the file has around it."""
    left = " " if before[-1:] == " " else ""
    right = " " if after[:1] == " " else ""
    return f"{unescaped(before)}{left}[[1]]{right}{unescaped(after)}".strip()


def _split(text: str, mark: str) -> tuple[str, str, str]:
    """Like ``str.partition``, past what is escaped."""
    place = re.search(rf"(?<!\\){re.escape(mark)}", text)
    return (text[: place.start()], mark, text[place.end() :]) if place else (text, "", "")


def _typed(inside: str, code: str) -> QuestionRow:
    if not inside:
        return QuestionRow(Kind.SHORT_ANSWER)
    if inside.startswith("#"):
        number, _mark, tolerance = inside[1:].lstrip("=").partition(":")
        return QuestionRow(Kind.NUMERIC, number=Decimal(number.strip()), tolerance=Decimal(tolerance.strip() or 0))
    if inside.upper() in {"T", "F", "TRUE", "FALSE"}:
        return QuestionRow(Kind.TRUE_FALSE, options=_truths(inside.upper().startswith("T")))
    if inside.startswith(">"):
        items = [unescaped(item) for item in inside.split("\n")[1:] if item.strip()]
        return QuestionRow(Kind.ORDERING, options=[OptionRow({code: item}) for item in items])
    return _answered(inside, code)


def _truths(is_true: bool) -> list[OptionRow]:
    texts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for code in CODES:
        with override(code):
            texts[0][code], texts[1][code] = _("True"), _("False")
    return [OptionRow(texts[0], is_correct=is_true), OptionRow(texts[1], is_correct=not is_true)]


def _answered(inside: str, code: str) -> QuestionRow:
    options, weights = [], []
    for mark, answer in re.findall(r"(?<!\\)([=~])((?:\\.|[^=~\\])*)", inside, re.DOTALL):
        weight = re.match(r"\s*%(-?[\d.]+)%", answer)
        weights.append(Decimal(weight[1]) if weight else None)
        words = answer[weight.end() :] if weight else answer
        words, _mark, feedback = _split(words, "#")
        text, arrow, match = words.partition("->")
        option = OptionRow({code: unescaped(text)}, is_correct=mark == "=")
        option.match = {code: unescaped(match)} if arrow else {}
        option.feedback = {code: unescaped(feedback)} if feedback.strip() else {}
        options.append(option)
    if not options:
        raise ValueError
    return QuestionRow(_kind(options, weights), options=options)


def _kind(options: list[OptionRow], weights: Sequence[Decimal | None]) -> str:
    if all(option.match for option in options):
        for option in options:
            option.is_correct = False
        return str(Kind.MATCHING)
    if any(weight is not None for weight in weights):
        for option, weight in zip(options, weights, strict=True):
            option.is_correct = (weight or 0) > 0 or option.is_correct
        return str(Kind.MULTIPLE)
    return str(Kind.SINGLE)


def _gap(row: QuestionRow, code: str) -> OptionRow:
    """The answers around which a text goes on are what fits the gap in it."""
    return OptionRow({code: "|".join(option.text[code] for option in row.options if option.is_correct)})
