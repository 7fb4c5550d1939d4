"""Laws: reading Markdown, refusing what is malformed, importing all or nothing, citing an article."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.translation import override
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.languages.starter import stream
from cms.pages.blocks import CitationBlock
from cms.statutes.blocks import LawBlock
from cms.statutes.markdown import Article, Heading, MalformedLaw, parse
from cms.statutes.models import LawIndexPage, LawPage
from cms.statutes.numerals import number_of
from courses.catalogue.models import Activity
from curriculum.packs.booklets import Pair, single
from curriculum.packs.content import content_of
from curriculum.packs.pdf import Edition, booklet_pdf
from curriculum.plans.models import LessonPlanPage
from tests.pdf import check_accessible_pdf
from tests.search.conftest import refreshed

LAWS = Path(settings.BASE_DIR).parent / "shared" / "data" / "laws-zh"
GOOD = next((Path(__file__).parents[1] / "laws").glob("*.md")).read_text(encoding="utf-8")  # made up for tests


def write(folder: Path, text: str, name: str = "印章保护法(2020-01-01).md") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


# --- reading ------------------------------------------------------------------------------------------
def test_chapters_sections_and_articles_keep_their_order() -> None:
    law = parse(GOOD.encode())
    assert law.title == "中华人民共和国印章保护法"
    assert law.history == ["2020年1月1日 印章大会通过"]
    assert [(part.label, part.title) for part in law.body if isinstance(part, Heading)] == [
        ("第一章", "总则"),
        ("第二章", "考拉权"),
        ("第一节", "一般规定"),
    ]
    assert [(article.number, article.label) for article in law.articles] == [
        ("1", "第一条"),
        ("2", "第二条"),
        ("3", "第三条"),
        ("3-1", "第三条之一"),
        ("4", "第四条"),
    ]
    assert law.articles[1].paragraphs == ["本法所称印章，是指表明来源的标记。", "前款所称标记，包括文字和图形。"]
    assert isinstance(law.body[-1], Article)


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("第二条 本法", "第五条 本法"), 11, "article 2 is expected"),
        (("第四条 本法", "第三条 本法"), 23, "article 4 is expected"),
        (("第四条 本法自2020年2月1日起施行。", "第四条"), 23, "第四条 has no text"),
        (("## 第二章 考拉权", "## 第四章 考拉权"), 15, "number 2 is expected"),
        (("## 第二章 考拉权", "## 第二章"), 15, "has no title"),
        (("## 第二章 考拉权", "## 考拉权"), 15, "is no heading"),
        (("### 第一节", "# 第一节"), 17, "second title"),
        (("# 中华人民共和国印章保护法", "中华人民共和国印章保护法"), 1, "first line must be the title"),
        (("<!-- INFO END -->", ""), 1, "<!-- INFO END --> is missing"),
        (("## 第一章 总 则\n", "## 第一章 总 则\n\n印章很重要。\n"), 9, "belongs to no article"),
        (("前款", "<b>前款</b>"), 13, "HTML"),
        (("前款", "前\x07款"), 13, "control character"),
        (("第三条之一 袋熊", "第三条之五 袋熊"), 21, "article 4 is expected"),
    ],
)
def test_a_malformed_statute_is_refused_with_line_and_reason(change: tuple[str, str], line: int, reason: str) -> None:
    with pytest.raises(MalformedLaw) as error:
        parse(GOOD.replace(*change).encode())
    assert [problem for problem in error.value.problems if problem.line == line and reason in problem.reason]


def test_all_faults_are_told_at_once() -> None:
    broken = GOOD.replace("第二条 本法", "第五条 本法").replace("## 第二章", "## 第九章")
    with pytest.raises(MalformedLaw) as error:
        parse(broken.encode())
    assert len(error.value.problems) >= 2


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        ("# 法\n".encode("gb18030"), "not UTF-8"),
        (b"# x\n<!-- INFO END -->\n", "There is no article"),
        (b"# x" + b"\n" * 3_000_000, "larger than"),
        ("# 法\n<!-- INFO END -->\n第一条 文。\n## 第二章 附则\n".encode(), "第二章 has no article"),
    ],
)
def test_what_is_no_statute_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(MalformedLaw, match=reason):
        parse(raw)


def test_a_mark_at_the_start_of_the_file_is_no_fault() -> None:
    assert parse(b"\xef\xbb\xbf" + GOOD.encode()).title == "中华人民共和国印章保护法"


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百四十九", 149),
        ("22", 22),
    ],
)
def test_chinese_numerals(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


@pytest.mark.parametrize("numeral", ["二三", "十百", "x", "二2"])
def test_what_is_no_numeral_is_refused(numeral: str) -> None:
    with pytest.raises(ValueError, match=numeral):
        number_of(numeral)


# --- importing ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_statute_becomes_a_live_page(tmp_path: Path, client: Client) -> None:
    call_command("import_laws", str(write(tmp_path, GOOD)))
    page = LawPage.objects.get(title="中华人民共和国印章保护法")
    assert page.live
    assert (page.short_title, page.kind, str(page.version_on)) == ("印章保护法", LawPage.Kind.LAW, "2020-01-01")
    html = client.get(page.url).content.decode()
    assert 'id="article-3-1"' in html
    assert "第二章 考拉权" in html


@pytest.mark.django_db
def test_importing_again_changes_only_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(tmp_path, GOOD)
    outcomes = []
    for text in (GOOD, GOOD, GOOD.replace("制定本法", "特制定本法")):
        file.write_text(text, encoding="utf-8")
        call_command("import_laws", str(file))
        outcomes.append(capsys.readouterr().out.split(":")[0])
    assert outcomes == ["new", "unchanged", "changed"]
    assert LawPage.objects.get(title="中华人民共和国印章保护法").article("1").text == "为了保护印章，特制定本法。"
    call_command("import_laws", str(write(tmp_path, GOOD, "印章保护法(1999-01-01).md")))
    assert capsys.readouterr().out.startswith("older")


@pytest.mark.django_db
def test_one_malformed_file_imports_nothing(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("# 中华", "# 新中华").replace("第二条 本法", "第七条 本法"), "坏法(2020-01-01).md")
    with pytest.raises(CommandError, match=r"Nothing was imported.\n坏法\(2020-01-01\).md, line 11:"):
        call_command("import_laws", str(tmp_path))
    assert not LawPage.objects.exists()


@pytest.mark.django_db
def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("# 中华", "# 新中华"), "新印章法(2020-01-01).md")
    save = LawPage.save_revision

    def fail_second(page: Any, *args: Any, **kwargs: Any) -> Any:
        if page.title.startswith("新"):
            raise RuntimeError("the power went out")
        return save(page, *args, **kwargs)

    monkeypatch.setattr(LawPage, "save_revision", fail_second)
    with pytest.raises(RuntimeError):
        call_command("import_laws", str(tmp_path))
    assert not LawPage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["/no/such/file.md"], "There is no file"),
        (["{empty}"], "no Markdown file"),
        (["{good}", "--locale", "xx"], "no law library"),
    ],
)
def test_the_command_refuses_in_sentences(tmp_path: Path, arguments: list[str], reason: str) -> None:
    (tmp_path / "empty").mkdir()
    places = {"empty": str(tmp_path / "empty"), "good": str(write(tmp_path, GOOD))}
    with pytest.raises(CommandError, match=reason):
        call_command("import_laws", *(argument.format(**places) for argument in arguments))


@pytest.mark.django_db
def test_check_only_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_laws", str(write(tmp_path, GOOD)), "--check")
    assert "good: 中华人民共和国印章保护法, 5 articles" in capsys.readouterr().out
    assert not LawPage.objects.exists()


def text_in(law: LawPage) -> str:
    """Everything that stands in the body of a law, without spaces."""
    shown = ("label", "title", "text")
    parts = (part for block in law.body for name, part in block.value.items() if name in shown)
    return "".join("".join(parts).split())


def text_of_file(file: Path) -> str:
    body = file.read_text(encoding="utf-8").split("<!-- INFO END -->")[1]
    return "".join(body.replace("#", "").split())


@pytest.mark.django_db
@pytest.mark.skipif(not LAWS.exists(), reason="the real statutes lie in ../shared, which is not here")
def test_the_real_statutes_are_imported_whole_and_each_article_is_found(client: Client) -> None:
    call_command("import_laws", str(LAWS), verbosity=0)
    assert LawPage.objects.live().count() == 19
    assert sum(len(law.articles()) for law in LawPage.objects.all()) == 910
    for file in LAWS.glob("*.md"):
        assert text_in(LawPage.objects.get(title=parse(file.read_bytes()).title)) == text_of_file(file)
    patent_law = LawPage.objects.get(short_title="专利法")
    assert patent_law.article("22").text.startswith("授予专利权的发明和实用新型，应当具备新颖性")
    with refreshed():
        for query in ("专利法 新颖性", "专利法第22条", "专利法第二十二条"):
            html = client.get("/zh-hans/search/", {"q": query}).content.decode()
            assert f"{patent_law.url}#article-22" in html, query
    assert [str(topic.slug) for topic in patent_law.topics.all()] == ["patents"]


# --- reading and citing -------------------------------------------------------------------------------
@pytest.fixture
def law(db: None, tmp_path: Path) -> LawPage:
    call_command("import_laws", str(write(tmp_path, GOOD)), verbosity=0)
    return LawPage.objects.get(title="中华人民共和国印章保护法")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_the_library_is_there_in_every_language(client: Client, law: LawPage, language: str) -> None:
    page = LawIndexPage.objects.get(locale__language_code=language)
    html = client.get(page.url).content.decode()
    assert (law.title in html) == (language == "zh-hans")
    if language != "zh-hans":
        assert f'href="{law.get_parent().url}"' in html, "leads to the language that has laws"


def test_a_citation_names_an_article_that_is_there(law: LawPage) -> None:
    block = CitationBlock()
    assert block.clean(block.to_python({"law": law.pk, "article": "3-1"}))["article"] == "3-1"
    assert block.clean(block.to_python({"law": law.pk, "article": ""}))["article"] == ""
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python({"law": law.pk, "article": "99"}))
    assert "has no article 99" in str(error.value.block_errors["article"])


def test_numbers_of_articles_are_unique(law: LawPage) -> None:
    article = {"type": "article", "value": {"number": "1", "label": "第一条", "text": "文。"}}
    block = LawBlock()
    with pytest.raises(ValidationError) as error:
        block.clean(block.to_python([article, article]))
    assert "another article 1" in str(error.value.block_errors[1].block_errors["number"])


def cite(law: LawPage, lesson: LessonPlanPage) -> None:
    lesson.laws = [("citation", {"law": law, "article": "3"})]
    lesson.save_revision().publish()


def test_a_lesson_cites_an_article_on_screen_and_on_paper(client: Client, law: LawPage, lesson: LessonPlanPage) -> None:
    cite(law, lesson)
    html = client.get(lesson.url).content.decode()
    assert '<blockquote lang="zh-hans" dir="ltr"><p>考拉权自登记之日起产生。</p></blockquote>' in html
    assert f'href="{law.url}#article-3"' in html
    with override("en"):
        pdf = booklet_pdf(single(Pair(content_of(LessonPlanPage.objects.get(pk=lesson.pk)))), Edition.TEACHER)
    assert "考拉权自登记之日起产生" in check_accessible_pdf(pdf, "en")


def test_a_law_says_which_lessons_of_its_language_cite_it(client: Client, law: LawPage) -> None:
    lesson = LessonPlanPage.objects.get(slug="pencil-with-an-inventor", locale__language_code="zh-hans")
    cite(law, lesson)
    html = client.get(law.url).content.decode()
    assert f'<a href="{lesson.url}">{lesson.title}</a>' in html


def test_a_law_that_is_not_public_is_not_quoted(client: Client, law: LawPage, lesson: LessonPlanPage) -> None:
    cite(law, lesson)
    law.unpublish()
    html = client.get(lesson.url).content.decode()
    assert "考拉权" not in html


def test_a_courses_reading_cites_an_article(law: LawPage) -> None:
    activity = Activity.objects.filter(kind="reading").first()
    activity.body = [("citation", {"law": law, "article": "4"})]
    activity.save()
    assert "本法自2020年2月1日起施行" in str(Activity.objects.get(pk=activity.pk).body)


def test_the_page_of_a_law_stays_within_its_queries(
    client: Client, law: LawPage, django_assert_max_num_queries: Any
) -> None:
    client.get(law.url)
    with django_assert_max_num_queries(20):
        client.get(law.url)
    with django_assert_max_num_queries(20):
        client.get(Page.objects.get(pk=law.get_parent().pk).url)


def test_a_law_is_translated_by_its_words_and_keeps_its_numbers(law: LawPage) -> None:
    segments = [segment for segment in extract_segments(law) if isinstance(segment, StringSegmentValue)]
    texts = [segment.string.data for segment in segments]
    assert "考拉权自登记之日起产生。" in texts
    assert "第三条" in texts
    assert not {"3", "3-1", "chapter"} & set(texts)


def test_a_citation_is_not_for_translators(law: LawPage, campaign: Page) -> None:
    campaign.story = stream("test", ("citation", {"law": law.pk, "article": "3"}))
    texts = [segment.string.data for segment in extract_segments(campaign) if isinstance(segment, StringSegmentValue)]
    assert "3" not in texts
