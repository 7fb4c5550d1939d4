"""A lesson plan on paper."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from cms.languages.freshness import freshness_of
from cms.typeset.api import render_pdf, typst_language
from curriculum.plans.models import LessonPlanPage

TEMPLATE = Path(__file__).with_name("typst") / "lesson.typ"


def lesson_plan_pdf(lesson: LessonPlanPage, *, worksheets_only: bool = False) -> bytes:
    """The lesson plan in its own language as a tagged PDF, cached until anything in it changes.

    Call it with that language active: labels follow it. Raises ``TypesettingError``.
    """
    data = _sheet(lesson) if worksheets_only else _sheet(lesson) | _plan(lesson)
    when = lesson.last_published_at or lesson.latest_revision_created_at
    return render_pdf(TEMPLATE, data, when=when)


def _sheet(lesson: LessonPlanPage) -> dict[str, Any]:
    """What the worksheets need, and every document."""
    return {
        "lang": typst_language(lesson.locale.language_code),
        "title": lesson.title,
        "author": "Imprint",
        "keywords": [str(topic) for topic in lesson.topics.all()],
        "worksheets": [_worksheet(block.value) for block in lesson.worksheets],
        "labels": _labels(),
        "plan": None,
        "licence": _licence(lesson),
    }


def _plan(lesson: LessonPlanPage) -> dict[str, Any]:
    freshness = freshness_of(lesson)
    return {
        "plan": {
            "summary": lesson.summary,
            "facts": _facts(lesson),
            "objectives": [block.value for block in lesson.objectives],
            "preparation": [block.value for block in lesson.preparation],
            "materials": [block.value for block in lesson.materials],
            "steps": [_step(block.value) for block in lesson.steps],
            "assessment": lesson.assessment,
            "answer_key": lesson.answer_key,
            "glossary": [{"term": str(term), "meaning": term.description} for term in lesson.glossary.all()],
            "laws": [_citation(block.value) for block in lesson.laws if block.value.cited_law],
            "notice": _notice(freshness.behind_since) if freshness and freshness.behind_since else "",
        }
    }


def _notice(changed: Any) -> str:
    return gettext("The original page changed on %(date)s. This translation does not include that change yet.") % {
        "date": date_format(changed, "DATE_FORMAT")
    }


def _citation(value: Any) -> dict[str, str]:
    law, article = value.cited_law, value.cited_article
    name = law.short_title or law.title
    return {
        "lang": typst_language(law.locale.language_code),
        "title": f"{name} {article.label}" if article else name,
        "text": article.text if article else "",
    }


def _step(value: Any) -> dict[str, Any]:
    return {
        "title": value["title"],
        "minutes": _minutes(value["minutes"]),
        "teacher": value["teacher"],
        "students": value["students"],
    }


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


def _worksheet(value: Any) -> dict[str, Any]:
    parts: list[dict[str, Any]] = []
    for block in value["content"]:
        if block.block_type == "text":
            parts.append({"kind": "text", "text": block.value})
        elif block.block_type == "task":
            parts.append({"kind": "task", "text": block.value["text"], "lines": block.value["lines"]})
        else:
            rows = [[cell.strip() for cell in row.split("|")] for row in block.value["rows"]]
            width = max(len(row) for row in rows)
            parts.append({"kind": "grid", "rows": [row + [""] * (width - len(row)) for row in rows]})
    return {"title": value["title"], "parts": parts}


def _facts(lesson: LessonPlanPage) -> list[dict[str, str]]:
    facts = [
        (gettext("Stage"), lesson.get_stage_display()),
        (gettext("Grades"), lesson.grades),
        (gettext("Time"), _minutes(lesson.minutes)),
        (gettext("Subjects"), _join(lesson.subjects.all())),
        (gettext("Topics"), _join(lesson.topics.all())),
    ]
    return [{"label": label, "value": str(value)} for label, value in facts if value]


def _join(terms: Any) -> str:
    """Terms as a list in the current language: Chinese and Arabic have commas of their own."""
    return gettext(", ").join(str(term) for term in terms)


def _licence(lesson: LessonPlanPage) -> dict[str, str] | None:
    if lesson.licence is None:
        return None
    return {"title": str(lesson.licence), "url": lesson.licence.url, "terms": lesson.licence.description}


def _labels() -> dict[str, str]:
    return {
        "objectives": gettext("Learning objectives"),
        "preparation": gettext("Preparation"),
        "materials": gettext("Materials"),
        "steps": gettext("Steps"),
        "teacher": gettext("Teacher"),
        "students": gettext("Students"),
        "assessment": gettext("Assessment"),
        "answers": gettext("Answers and notes for the teacher"),
        "glossary": gettext("Terms of art"),
        "laws": gettext("What the law says"),
        "worksheet": gettext("Worksheet"),
        "name": gettext("Name"),
        "class": gettext("Class"),
        "date": gettext("Date"),
        "licence": gettext("Licence"),
    }
