"""Question banks as files, and what the answers say about the questions."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from courses.assessment import api
from courses.assessment.analysis import analyse
from courses.assessment.exchange import gift, xlsx
from courses.assessment.exchange.rows import CODES, BankRefused, rows_of, store
from courses.assessment.models import Attempt, AttemptQuestion, Competence, QuestionBank
from tests import factories
from tests.factories import bank_of, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    """One question of every kind, with everything a question can have, some of it hard to write in a text format."""
    from cms.vocabulary.models import Topic

    bank = factories.BankFactory()
    topic, competence = Topic.objects.get(slug="patents"), Competence.objects.create(slug="filing", name_en="Filing")
    single = make_question(
        bank, "single", (2,), texts=("50 % = half", "20 {years}", "~10#"), text_en="How long: a\\b?\nSay it.",
        text_zh_hans="多久？", feedback_en="20 years: Art. 33 {TRIPS}", topic=topic, competence=competence, points=3,
        difficulty="hard",
    )  # fmt: skip
    single.options.filter(sort_order=1).update(feedback_en="No: that is copyright", text_zh_hans="一半")
    make_question(bank, "multiple", (1, 3), text_en="Which two?")
    make_question(bank, "multiple", (1, 2, 3), count=4, text_en="Which three?")
    make_question(bank, "true-false", (2,), texts=("True", "False"), text_en="Patents never end.")
    make_question(bank, "matching", (), texts=("patent", "mark"), matches=("20 years", "10 years -> renewable"))
    make_question(bank, "ordering", (), texts=("search", "file", "grant"), text_en="Order?")
    make_question(bank, "gaps", (), texts=("patent|patent for invention",), text_en="An [[1]] protects an invention.")
    make_question(bank, "gaps", (), texts=("20|twenty",), text_en="It lasts [[1]]")
    make_question(bank, "gaps", (), texts=("a", "b"), text_en="[[1]] before [[2]].")
    make_question(bank, "numeric", (), count=0, number=Decimal("20.5"), tolerance=Decimal("0.25"), text_en="Years?")
    make_question(bank, "short-answer", (), count=0, text_en="Why?")
    return bank


def plain(rows):
    """Rows without the place in their file."""
    return [vars(row) | {"place": "", "options": [vars(option) for option in row.options]} for row in rows]


def test_a_bank_comes_back_from_xlsx_as_it_was(bank):
    rows = rows_of(bank)
    assert plain(xlsx.read(xlsx.write(rows))) == plain(rows)
    other = factories.BankFactory()
    stored = store(other, xlsx.read(xlsx.write(rows)))
    assert (stored.added, stored.changed) == (11, 0)
    without_keys = [{name: value for name, value in row.items() if name != "key"} for row in plain(rows_of(other))]
    assert without_keys == [{n: v for n, v in row.items() if n != "key"} for row in plain(rows)]


def test_importing_the_same_file_again_changes_nothing(bank):
    before = plain(rows_of(bank))
    options = set(bank.questions.values_list("options__key", flat=True))
    assert store(bank, xlsx.read(xlsx.write(rows_of(bank)))).added == 0
    assert plain(rows_of(bank)) == before
    assert set(bank.questions.values_list("options__key", flat=True)) == options


def test_a_bank_comes_back_from_gift_as_it_was_but_for_several_gaps(bank):
    rows = rows_of(bank)
    text, left_out = gift.write(rows, "en")
    assert [row.text["en"] for row in left_out] == ["[[1]] before [[2]]."]
    english = [row for row in rows if row not in left_out]
    for row in english:
        row.text.pop("zh-hans", None)
        for option in row.options:
            option.text.pop("zh-hans", None)
    found = gift.read(text.encode(), "en")
    for row in found:
        for option in row.options if row.kind == "true-false" else []:
            option.text = {"en": option.text["en"]}  # "true" is known in every language
    assert plain(found) == plain(english)


def test_a_gift_file_brings_a_language_to_questions_that_are_there(bank):
    text, _left_out = gift.write(rows_of(bank), "zh-hans")
    translated = text.replace("多久？", "保护期多长？").encode()
    assert store(bank, gift.read(translated, "zh-hans")).changed == 1
    question = bank.questions.get(sort_order=1)
    assert (question.text_zh_hans, question.text_en) == ("保护期多长？", "How long: a\\b?\nSay it.")


MOODLE = r"""
// question: 0  name: Grant's tomb
$CATEGORY: history

::Q1:: Who's buried in Grant's tomb in New York City? {
=Grant
~no one #was true for 12 years
~Napoleon
}

::Q2::Grant is {~buried =entombed ~living} in Grant's tomb.

Match. {=cat -> cat food =dog -> dog food}

// a number
When was Ulysses S. Grant born?{#1822:5}

What two people are entombed in Grant's tomb? {
   ~%-100%No one
   ~%50%Grant
   ~%50%Grant's wife
   ~%-100%Grant's father
}

The sun rises in the East.{T}

Write a short biography of Dag Hammarskjöld. {}
"""


def test_a_file_that_moodle_wrote_is_read(bank):
    rows = gift.read(MOODLE.encode(), "en")
    kinds = ["single", "gaps", "matching", "numeric", "multiple", "true-false", "short-answer"]
    assert [row.kind for row in rows] == kinds
    assert rows[0].options[1].feedback == {"en": "was true for 12 years"}
    assert rows[1].text == {"en": "Grant is [[1]] in Grant's tomb."}
    assert (rows[3].number, rows[3].tolerance) == (1822, 5)
    assert [option.is_correct for option in rows[4].options] == [False, True, True, False]
    assert store(factories.BankFactory(), rows).added == 7


# --- refusals --------------------------------------------------------------------------------------------
@pytest.fixture
def author(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("author@example.org", "x"))
    return client


def upload(client, bank, name, content, language="en"):
    address = reverse("assessment_admin:bank", args=[bank.pk])
    return client.post(address, {"file": SimpleUploadedFile(name, content), "language": language})


def with_cell(content, sheet, cell, value):
    book = load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Questions", "I2", "=1+1", "Questions, row 2, column “text en”: a formula"),
        ("Answers", "D2", '=HYPERLINK("http://example.org")', "Answers, row 2, column “text en”: a formula"),
        ("Questions", "B2", "riddle", "Questions, row 2: “riddle” is no kind of question"),
        ("Questions", "C2", "alchemy", "Questions, row 2: “alchemy” is no topic or competence"),
        ("Questions", "E3", "impossible", "Questions, row 3: the difficulty is one of"),
        ("Questions", "F2", "many", "Questions, row 2: key, points, number or tolerance cannot be read"),
        ("Questions", "F2", "1000", "the points are a number from 1 to 100"),
        ("Answers", "C3", "no", "Questions, row 2: it needs two answers at least, exactly one of them correct"),
        ("Answers", "A2", "00000000-0000-4000-8000-000000000000", "Answers, row 2: no question has this key"),
    ],
)
def test_what_is_wrong_in_a_workbook_is_said_with_its_place_and_nothing_is_stored(
    author, bank, sheet, cell, value, said
):
    before = plain(rows_of(bank))
    response = upload(author, bank, "bank.xlsx", with_cell(xlsx.write(rows_of(bank)), sheet, cell, value))
    assert response.status_code == 400
    text = response.content.decode()
    assert "Nothing was stored" in text
    assert said in text
    assert plain(rows_of(bank)) == before


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 70_000_000)
    return buffer.getvalue()


def sheetless():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("Other")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"no workbook", "no workbook that can be read"),
        (lambda: b"PK\x03\x04broken", "no workbook that can be read"),
        (bomb, "unpacks to more than is allowed"),
        (sheetless, "The sheet “Questions” is missing"),
        (lambda: b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_workbook_is_refused(author, bank, make, said):
    assert said in upload(author, bank, "bank.xlsx", make()).content.decode()
    assert len(rows_of(bank)) == 11


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Open {=a ~b", "Line 1: the braces of this question are not closed"),
        ("No answers at all", "Line 1: a question needs its answers in one pair of braces"),
        ("One {=a} two {=b}", "in one pair of braces"),
        ("Fine? {T}\n\nNumber {#x}", "Line 3: the answers cannot be read"),
        ("All wrong {~a ~b}", "Line 1: it needs two answers at least, exactly one"),
    ],
)
def test_what_is_wrong_in_a_gift_file_is_said_with_its_line(author, bank, text, said):
    assert said in upload(author, bank, "bank.gift", text.encode()).content.decode()
    assert len(rows_of(bank)) == 11


def test_a_new_question_needs_english(bank):
    with pytest.raises(BankRefused, match="needs its English text"):
        store(bank, gift.read("是吗？ {T}".encode(), "zh-hans"))


def test_an_import_that_works_is_said(author, bank):
    response = upload(author, bank, "more.gift", MOODLE.encode())
    assert response.status_code == 302
    assert len(rows_of(bank)) == 18


def test_files_are_taken_out_by_authors_only(client, author, bank):
    assert author.get(reverse("assessment_admin:xlsx", args=[bank.pk])).content[:2] == b"PK"
    text = author.get(reverse("assessment_admin:gift", args=[bank.pk, "en"])).content.decode()
    assert "// Left out, since GIFT has no form" in text
    client.force_login(factories.UserFactory())
    for name, args in (("bank", []), ("xlsx", []), ("gift", ["en"])):
        assert client.get(reverse(f"assessment_admin:{name}", args=[bank.pk, *args])).status_code == 302


# --- analysis --------------------------------------------------------------------------------------------
def attempts(quiz, patterns):
    """An attempt for each pattern: which option of each question was chosen."""
    questions = list(bank_of(quiz).questions.order_by("sort_order"))
    keys = [[str(option.key) for option in question.options.order_by("sort_order")] for question in questions]
    for pattern in patterns:
        attempt = api.begin(quiz, factories.UserFactory())
        for position, chosen in enumerate(pattern):
            row = AttemptQuestion.objects.get(attempt=attempt, position=position + 1)
            row.response = {"options": [keys[position][chosen - 1]]}
            row.save()
        api.submit(attempt)


def test_difficulty_and_discrimination_are_as_in_the_textbook():
    quiz = factories.QuizFactory()
    for _number in range(3):
        make_question(bank_of(quiz))
    # The first tells the good from the weak, everyone knows the second, the third is answered against the grain.
    attempts(quiz, [(1, 1, 2)] * 6 + [(2, 1, 1)] * 4)
    first, second, third = analyse(bank_of(quiz), "en")
    assert (first.difficulty, second.difficulty, third.difficulty) == (0.6, 1.0, 0.4)
    assert first.discrimination == pytest.approx(-1)  # with the third as the rest
    assert second.discrimination is None
    assert "too-easy" in second.advice
    assert "weak" in third.advice


def test_a_wrong_answer_that_the_best_choose_is_pointed_out():
    quiz = factories.QuizFactory()
    for _number in range(4):
        make_question(bank_of(quiz))
    attempts(quiz, [(2, 1, 1, 1)] * 5 + [(1, 2, 2, 2)] * 5)
    first = analyse(bank_of(quiz), "en")[0]
    assert [(one.count, one.upper, one.lower) for one in first.distractors] == [(5, 0, 3), (5, 3, 0), (0, 0, 0)]
    assert [one.is_suspicious for one in first.distractors] == [False, True, True]
    assert "distractor" in first.advice


def test_a_few_answers_say_nothing(author):
    quiz = factories.QuizFactory()
    make_question(bank_of(quiz))
    attempts(quiz, [(1,)] * 9)
    (item,) = analyse(bank_of(quiz), "en")
    assert (item.answers, item.difficulty, item.advice) == (9, None, [])
    page = author.get(reverse("assessment_admin:bank", args=[bank_of(quiz).pk]))
    assert page.status_code == 200


def test_the_analysis_costs_the_same_with_more_questions(django_assert_max_num_queries):
    quiz = factories.QuizFactory()
    for _number in range(12):
        make_question(bank_of(quiz))
    attempts(quiz, [(1,) * 12] * 3)
    assert Attempt.objects.count() == 3
    bank = QuestionBank.objects.get(pk=bank_of(quiz).pk)
    with django_assert_max_num_queries(3):
        analyse(bank, "en")


def test_every_language_has_its_column():
    head = load_workbook(io.BytesIO(xlsx.write([])))["Questions"][1]
    assert {f"text {code}" for code in CODES} <= {cell.value for cell in head}
