"""Reads a Chinese statute written in Markdown: title, history, chapters, sections, articles.

::

    # 中华人民共和国某某法
    2020年1月1日 某机关通过
    <!-- INFO END -->
    ## 第一章 总则
    ### 第一节 一般规定
    第一条 正文。

    第一条的第二款。

The order and the numbering of articles, chapters and sections are checked: a statute with a gap is not
the statute.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from cms.statutes.numerals import NUMERAL, number_of

END_OF_HISTORY = "<!-- INFO END -->"
LARGEST = 2 * 1024 * 1024  # bytes
_ARTICLE = re.compile(rf"第([{NUMERAL}0-9]+)条(?:之([{NUMERAL}]+))?[ \u3000\t]+(.*)")
_ALMOST_ARTICLE = re.compile(rf"第[{NUMERAL}0-9]+条(?:之[{NUMERAL}]+)?$")
_HEADING = re.compile(rf"第([{NUMERAL}0-9]+)([编章节])[ \u3000\t]*(.*)")
_TAG = re.compile(r"</?[A-Za-z!][^>]*>")
LEVELS = {"编": "part", "章": "chapter", "节": "section"}


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class MalformedLaw(Exception):
    """A text is not a statute in the form described above; ``problems`` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass
class Heading:
    level: str  # part, chapter or section
    label: str  # 第一章
    title: str


@dataclass
class Article:
    number: str  # 22, or 22-1 for 第二十二条之一
    label: str
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class Law:
    title: str
    history: list[str]
    body: list[Heading | Article]

    @property
    def articles(self) -> list[Article]:
        return [part for part in self.body if isinstance(part, Article)]


def parse(raw: bytes) -> Law:
    """A statute from its file.

    :raises MalformedLaw: with every line that is wrong
    """
    return _Parser(_decode(raw)).law()


def _decode(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise MalformedLaw([Problem(1, f"The file is larger than {LARGEST // 1024 // 1024} MB.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise MalformedLaw([Problem(line, "This is not UTF-8. Save the file as UTF-8.")]) from None


def _closed_up(title: str) -> str:
    """A title without the spaces that only spread its characters over a line: 总 则."""
    return re.sub(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])", "", title.strip())


class _Parser:
    def __init__(self, text: str) -> None:
        self.lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
        self.problems: list[Problem] = []
        self.body: list[Heading | Article] = []
        self.counts = dict.fromkeys(LEVELS.values(), 0)
        self.last = (0, 0)

    def law(self) -> Law:
        content = list(self._content())
        title = self._title(content)
        end = next((place for place, (_line, text) in enumerate(content) if text == END_OF_HISTORY), None)
        if end is None:
            self._note(1, f"The line {END_OF_HISTORY} is missing; it ends the history and begins the text.")
            raise MalformedLaw(self.problems)
        for line, text in content[end + 1 :]:
            self._read(line, text)
        self._check_whole(content)
        if self.problems:
            raise MalformedLaw(sorted(self.problems, key=lambda problem: problem.line))
        return Law(title, [text for _line, text in content[1:end]], self.body)

    def _content(self) -> Iterator[tuple[int, str]]:
        for number, text in self.lines:
            if any(unicodedata.category(character) == "Cc" and character != "\t" for character in text):
                self._note(number, "There is a control character in this line.")
            elif text != END_OF_HISTORY and _TAG.search(text):
                self._note(number, "There is HTML in this line; a statute is plain text.")
            elif text:
                yield number, text

    def _title(self, content: list[tuple[int, str]]) -> str:
        if not content:
            raise MalformedLaw([*self.problems, Problem(1, "The file is empty.")])
        line, text = content[0]
        if not text.startswith("# ") or not text[2:].strip():
            self._note(line, "The first line must be the title, as in: # 中华人民共和国专利法")
        return text.removeprefix("#").strip()

    def _read(self, line: int, text: str) -> None:
        if text.startswith("#"):
            self._read_heading(line, text)
        elif match := _ARTICLE.match(text):
            self._read_article(line, match)
        elif _ALMOST_ARTICLE.match(text):
            self._note(line, f"{text} has no text.")
        elif self.body and isinstance(self.body[-1], Article):
            self.body[-1].paragraphs.append(text)
        else:
            self._note(line, f"“{text[:20]}” belongs to no article.")

    def _read_heading(self, line: int, text: str) -> None:
        marks, _space, heading = text.partition(" ")
        match = _HEADING.match(heading.strip())
        if len(marks) == 1:
            self._note(line, "There is a second title; a file holds one statute.")
        elif match is None:
            self._note(line, f"“{heading[:20]}” is no heading of a part, chapter or section, as in: 第一章 总则")
        else:
            self._count_heading(line, match)

    def _count_heading(self, line: int, match: re.Match[str]) -> None:
        numeral, kind, title = match.groups()
        level = LEVELS[kind]
        number, expected = self._number(line, numeral), self.counts[level] + 1
        # Some published texts leave out the heading of the first chapter, whose articles then come first.
        is_second_of_bare_first = number == 2 and expected == 1 and self.last[0] and level != "section"
        if number != expected and not is_second_of_bare_first:
            self._note(line, f"第{numeral}{kind} stands where number {expected} is expected.")
        if not title.strip():
            self._note(line, f"第{numeral}{kind} has no title.")
        self.counts[level] = number
        if level != "section":
            self.counts["section"] = 0
        self.body.append(Heading(level, f"第{numeral}{kind}", _closed_up(title)))

    def _read_article(self, line: int, match: re.Match[str]) -> None:
        numeral, suffix, text = match.groups()
        number = (self._number(line, numeral), self._number(line, suffix) if suffix else 0)
        label = f"第{numeral}条" + (f"之{suffix}" if suffix else "")
        main, sub = self.last
        if number not in ((main + 1, 0), (main, sub + 1)) or (number[1] and not main):
            self._note(line, f"{label} follows article {main}; article {main + 1} is expected.")
        if not text.strip():
            self._note(line, f"{label} has no text.")
        self.last = number
        name = f"{number[0]}-{number[1]}" if number[1] else str(number[0])
        self.body.append(Article(name, label, [text.strip()]))

    def _number(self, line: int, numeral: str) -> int:
        try:
            return number_of(numeral)
        except ValueError:
            self._note(line, f"“{numeral}” is no number.")
            return 0

    def _check_whole(self, content: list[tuple[int, str]]) -> None:
        if not any(isinstance(part, Article) for part in self.body):
            self._note(content[-1][0], "There is no article, as in: 第一条 正文。")
        elif isinstance(self.body[-1], Heading):
            self._note(content[-1][0], f"{self.body[-1].label} has no article.")

    def _note(self, line: int, reason: str) -> None:
        self.problems.append(Problem(line, reason))
