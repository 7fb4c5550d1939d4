"""Two courses with their activities, films and questions."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from cms.competences.starter import descriptors
from cms.languages.starter import story
from cms.vocabulary.data import Texts, column, columns, read, read_languages
from cms.vocabulary.models import Audience, StrategyMeasure, Topic
from courses.assessment.models import Draw, Option, Question, QuestionBank, Quiz
from courses.catalogue.models import Activity, Course, Module
from courses.catalogue.versions import publish

FOLDER = Path(__file__).parent
SLUGS = ["ip-for-leading-cadres", "ip-management-for-enterprises"]


def load() -> None:
    for slug in SLUGS:
        if not Course.objects.filter(slug=slug).exists():
            with transaction.atomic():
                _load_course(slug)


def _load_course(slug: str) -> None:
    item, languages = read(FOLDER / slug / "item.yaml"), read_languages(FOLDER / slug)
    course = Course(
        slug=slug,
        level=item["level"],
        credit_hours=item["credit_hours"],
        **columns(languages, "title", "summary"),
        **{column("outcomes", code): "\n".join(texts["outcomes"]) for code, texts in languages.items()},
    )
    course.audiences = Audience.objects.filter(slug__in=item["audiences"])
    course.topics = Topic.objects.filter(slug__in=item["topics"])
    course.measures = StrategyMeasure.objects.filter(slug__in=item["measures"])
    course.develops = descriptors(item["develops"])
    course.save()
    for number, module_item in enumerate(item["modules"], start=1):
        _load_module(course, number, module_item, languages)
    publish(course)


def _load_module(course: Course, number: int, item: Texts, languages: dict[str, Texts]) -> None:
    titles = {column("title", code): texts["modules"][number - 1] for code, texts in languages.items()}
    module = Module.objects.create(course=course, sort_order=number, **titles)
    for order, activity_item in enumerate(item["activities"], start=1):
        texts = {code: language["activities"][activity_item["slug"]] for code, language in languages.items()}
        _load_activity(module, order, activity_item, texts)


def _load_activity(module: Module, order: int, item: Texts, languages: dict[str, Texts]) -> None:
    place = f"{module.course.slug}/{item['slug']}"
    activity = Activity(
        module=module,
        slug=item["slug"],
        kind=item["kind"],
        minutes=item["minutes"],
        sort_order=order,
        **columns(languages, "title", "transcript"),
        **{column("body", code): story(place, texts["body"]) for code, texts in languages.items() if "body" in texts},
        **{
            column("captions", code): _captions(item["cues"], texts["captions"])
            for code, texts in languages.items()
            if "captions" in texts
        },
    )
    if film := item.get("media"):
        activity.media.save(film, ContentFile((FOLDER / film).read_bytes(), name=film), save=False)
        activity.measure_media()
    activity.save()
    if item["kind"] == "quiz":
        _load_quiz(activity, item, languages)


def _captions(cues: list[str], lines: list[str]) -> str:
    """WebVTT cues: the times are the same in every language."""
    return "\n\n".join(f"{cue}\n{line}" for cue, line in zip(cues, lines, strict=True)) + "\n"


def _load_quiz(activity: Activity, item: Texts, languages: dict[str, Texts]) -> None:
    slug = f"{activity.module.course.slug}-{activity.slug}"
    bank = QuestionBank.objects.create(slug=slug, **columns(languages, "title"))
    Quiz.objects.create(activity=activity, pass_percent=item["pass_percent"], shuffles_options=False)
    Draw.objects.create(activity=activity, bank=bank)
    for order, question_item in enumerate(item["questions"], start=1):
        texts = {code: language["questions"][order - 1] for code, language in languages.items()}
        question = Question(
            bank=bank, kind=question_item["kind"], sort_order=order, **columns(texts, "text", "feedback")
        )
        question.options = [
            Option(sort_order=number, is_correct=number in question_item["correct"], **_option_texts(texts, number))
            for number in range(1, len(texts["en"]["options"]) + 1)
        ]
        question.save()


def _option_texts(languages: dict[str, Texts], number: int) -> dict[str, Any]:
    return {column("text", code): texts["options"][number - 1] for code, texts in languages.items()}
