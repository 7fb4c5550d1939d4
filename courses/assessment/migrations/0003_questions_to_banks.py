"""The questions of each quiz become a bank of its own, from which the quiz takes all; attempts keep theirs, frozen."""

import hashlib
import json
import uuid
from typing import Any

from django.db import migrations

CODES = {"en": "en", "zh-hans": "zh_hans", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar"}


def fill_banks(apps: Any, editor: Any) -> None:
    option, attempt = apps.get_model("assessment", "Option"), apps.get_model("assessment", "Attempt")
    for one in option.objects.all():
        one.match_key = uuid.uuid4()
        one.save()
    for quiz in list(apps.get_model("assessment", "Quiz").objects.select_related("activity")):
        _fill_bank(apps, quiz)
    for one in attempt.objects.select_related("quiz__activity"):
        one.activity_key = one.quiz.activity.key
        one.save()
        _freeze(apps, one)


def _fill_bank(apps: Any, quiz: Any) -> None:
    activity = quiz.activity
    titles = {f"title_{column}": getattr(activity, f"title_{column}") for column in CODES.values()}
    bank = apps.get_model("assessment", "QuestionBank").objects.create(
        slug=f"quiz-{quiz.pk}", title=activity.title_en or activity.slug, **titles
    )
    for question in quiz.questions.all():
        question.bank, question.key = bank, uuid.uuid4()
        question.save()
    draw = apps.get_model("assessment", "Draw").objects
    draw.create(activity=activity, bank=bank)
    draft = apps.get_model("catalogue", "Activity").objects.filter(key=activity.key, module__version=None).first()
    if draft and draft.pk != activity.pk:
        draw.create(activity=draft, bank=bank)
        apps.get_model("assessment", "Quiz").objects.create(activity=draft, pass_percent=quiz.pass_percent)


def _freeze(apps: Any, attempt: Any) -> None:
    responses = {response.question_id: response for response in attempt.responses.all()}
    for position, question in enumerate(attempt.quiz.questions.order_by("sort_order"), start=1):
        options = list(question.options.order_by("sort_order"))
        content = _content(question, options)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        apps.get_model("assessment", "QuestionContent").objects.get_or_create(
            digest=digest, defaults={"question": question, "content": content}
        )
        response = responses.get(question.pk)
        chosen = sorted(str(option.key) for option in response.options.all()) if response else []
        right = sorted(str(option.key) for option in options if option.is_correct)
        apps.get_model("assessment", "AttemptQuestion").objects.create(
            attempt=attempt,
            position=position,
            content_id=digest,
            order=[str(option.key) for option in options],
            response={"options": chosen} if chosen else None,
            answered_at=response.answered_at if response else None,
            fraction=(chosen == right) if attempt.submitted_at else None,
        )


def _content(question: Any, options: list[Any]) -> dict[str, Any]:
    return {
        "key": str(question.key),
        "kind": question.kind,
        "text": _texts(question, "text"),
        "feedback": _texts(question, "feedback"),
        "points": 1,
        "options": [
            {
                "key": str(option.key),
                "match_key": str(option.match_key),
                "text": _texts(option, "text"),
                "match": {},
                "feedback": {},
                "is_correct": option.is_correct,
            }
            for option in options
        ],
    }


def _texts(row: Any, field: str) -> dict[str, str]:
    found = {code: getattr(row, f"{field}_{column}") for code, column in CODES.items()}
    return {code: text for code, text in found.items() if text}


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_banks"), ("catalogue", "0006_activity_keys")]

    # Not reversible: answers of the new types have no place in the old tables.
    operations = [migrations.RunPython(fill_banks)]
