"""The lesson library with 5,000 lesson plans: a page of results with every facet counted, as a reader gets it.

Beside it the same counts by SQL alone, without a page around them: what a library without a search index does.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from benchmarks.site import prepare

QUESTIONS = [
    "",
    "stage=primary",
    "stage=secondary&topic=copyright",
    "topic=industrial-property",
    "grade=4&duration=40",
    "subject=art&subject=science&stage=primary&stage=secondary",
    "competence=search&activity=investigation&strategy=inquiry",
    "q=patent",
    "q=design+bottle&stage=secondary",
    "q=licence&topic=copyright&grade=9",
    "sort=newest&stage=university",
    "sort=taught",
    "material=worksheet&licence=cc-by-4-0&page=20",
    "stage=university&grade=4",
]
WORDS = "patent design bottle song licence chair name tea code secret copy market maker idea".split()  # noqa: SIM905


def fill(count: int) -> None:
    """Lesson plans with texts and terms drawn by lot, straight into the tables."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.management import call_command
    from django.utils import timezone
    from wagtail.models import Page

    from curriculum.library.models import LessonLibraryPage, LessonTally
    from curriculum.plans.models import LessonPlanPage

    chance = random.Random(4)
    library = LessonLibraryPage.objects.get(locale__language_code="en")
    kind, now = ContentType.objects.get_for_model(LessonPlanPage), timezone.now()
    first = library.numchild
    pages = [
        Page(
            path=Page._get_path(library.path, library.depth + 1, first + number),
            depth=library.depth + 1,
            slug=f"lesson-{number}",
            title=f"{chance.choice(WORDS).title()} and {chance.choice(WORDS)} {number}",
            draft_title=f"Lesson {number}",
            url_path=f"{library.url_path}lesson-{number}/",
            content_type=kind,
            locale_id=library.locale_id,
            translation_key=uuid4(),
            live=True,
            first_published_at=now,
        )
        for number in range(1, count + 1)
    ]
    Page.objects.bulk_create(pages)
    Page.objects.filter(pk=library.pk).update(numchild=first + count)
    terms = {name: list(LessonPlanPage._meta.get_field(name).related_model._default_manager.all()) for name in TERMS}
    for page in pages:
        _add(page, chance, terms)
    keys = [page.translation_key for page in chance.sample(pages, count // 10)]
    LessonTally.objects.bulk_create(LessonTally(lesson_key=key, times_taught=chance.randint(1, 60)) for key in keys)
    call_command("rebuild_modelsearch_index", verbosity=0)


TERMS = ("subjects", "topics", "competences", "activity_types", "teaching_strategies")


def _add(page: Any, chance: random.Random, terms: dict[str, list[Any]]) -> None:
    from cms.vocabulary.models import Licence
    from curriculum.plans.models import LessonPlanPage

    stage = chance.choice(["primary", "secondary", "university"])
    grade = {"primary": chance.randint(1, 6), "secondary": chance.randint(7, 12), "university": None}[stage]
    lesson = LessonPlanPage(
        page_ptr_id=page.pk,
        stage=stage,
        grade_from=grade,
        grade_to=grade,
        minutes=chance.choice([20, 40, 45, 60, 90]),
        assessment=" ".join(chance.choices(WORDS, k=60)),
        licence=Licence.objects.all()[chance.randrange(3)] if chance.random() < 0.1 else Licence.objects.first(),
        material_types=chance.choice(["|worksheet|", "|worksheet|slides|", "|video|", ""]),
    )
    lesson.__dict__.update({field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields})
    lesson.save_base(raw=True)
    for name, choices in terms.items():
        through = LessonPlanPage._meta.get_field(name).remote_field.through
        column = LessonPlanPage._meta.get_field(name).m2m_reverse_field_name()
        through.objects.bulk_create(
            through(lessonplanpage_id=page.pk, **{f"{column}_id": term.pk})
            for term in chance.sample(choices, chance.randint(1, 2))
        )


def by_sql(query: str) -> None:
    """The same rows and counts, asked of the database facet by facet."""
    from django.db.models import Count, Q
    from django.http import QueryDict
    from django.test import RequestFactory

    from curriculum.library.facets import FACETS
    from curriculum.library.models import LessonLibraryPage
    from curriculum.plans.search import LESSON_PLAN

    library = LessonLibraryPage.objects.get(locale__language_code="en")
    finder = library.finder(RequestFactory().get("/", QueryDict(query).dict()))
    words = finder.question.text.split()
    matching = Q()
    for word in words:
        matching &= Q(title__icontains=word) | Q(assessment__icontains=word)
    list(finder._rows(finder.question).filter(matching).prefetch_related("topics", "subjects")[:12])
    paths = {name: path for name, path in LESSON_PLAN.facets.items() if name != "year"}
    for facet in FACETS:
        rows = finder._rows(finder.question.without(facet.name)).filter(matching).order_by()
        for name in {"grade": ("grade_from", "grade_to"), "duration": ("minutes",)}.get(facet.name, (facet.name,)):
            list(rows.values_list(paths[name]).annotate(Count("pk")))


def times(act: Callable[[str], object], runs: int) -> list[float]:
    """Milliseconds of every question, asked ``runs`` times after once that is not counted."""
    found = []
    for query in QUESTIONS:
        act(query)
        for _run in range(runs):
            start = time.perf_counter()
            act(query)
            found.append(1000 * (time.perf_counter() - start))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lessons", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=10)
    asked = parser.parse_args()
    prepare()
    from django.test import Client

    fill(asked.lessons)
    client = Client(headers={"host": "127.0.0.1"})

    def page(query: str) -> None:
        assert client.get(f"/en/lessons/?{query}").status_code == 200, query

    rows = {"the whole page, facets from the index": times(page, asked.runs)}
    rows["the counts alone, by SQL (SQLite)"] = times(by_sql, asked.runs)
    print(f"\n{asked.lessons:,} lesson plans, {len(QUESTIONS)} questions, {asked.runs} runs each, milliseconds")
    base = statistics.quantiles(next(iter(rows.values())), n=20)[18]
    for name, measured in rows.items():
        p95 = statistics.quantiles(measured, n=20)[18]
        print(f"  {name:<40} p50 {statistics.median(measured):7.1f}   p95 {p95:7.1f} {p95 / base:7.1f} ×")


if __name__ == "__main__":
    main()
