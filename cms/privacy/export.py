"""All that is stored about a person: as JSON for programs, as PDF for reading."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import FileField, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from cms.accounts.models import User
from cms.personal_data import Kind
from cms.privacy.kinds import all_rows, model_of
from cms.typeset.api import render_pdf, typst_language

TEMPLATE = Path(__file__).with_name("typst") / "personal_data.typ"
MOST_ROWS_ON_PAPER = 200  # of a kind; the file for programs has them all
MOST_CHARACTERS = 400
SECRET = {"password"}


def as_json(person: User) -> str:
    data = {
        "exported_at": timezone.now(),
        "person": person.pk,
        "data": [
            {
                "kind": kind.model,
                "title": str(model_of(kind)._meta.verbose_name_plural),
                "rows": [dict(fields_of(kind, row)) for row in rows],
            }
            for kind, rows in all_rows(person)
        ],
    }
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)


def fields_of(kind: Kind, row: Model) -> list[tuple[str, Any]]:
    """Names and values of a row, without what is about others; what it refers to is named."""
    found = []
    for field in row._meta.concrete_fields:
        if field.name in kind.hidden or field.name in SECRET:
            continue
        value = getattr(row, field.attname)
        if isinstance(field, FileField):
            value = str(value)
        elif isinstance(field, ForeignKey) and value is not None:
            value = str(getattr(row, field.name))
        found.append((field.name, value))
    return found


def as_pdf(person: User) -> bytes:
    """A tagged PDF in the current language. Raises ``TypesettingError``."""
    language, now = get_language() or "en", timezone.now()
    data: dict[str, Any] = {
        "lang": typst_language(language),
        "title": gettext("What is stored about me"),
        "author": "Imprint",
        "name": person.name or person.email,
        "as_of": gettext("As of %(day)s") % {"day": date_format(timezone.localdate(now), "DATE_FORMAT")},
        "kinds": [_on_paper(kind, rows) for kind, rows in all_rows(person) if rows.exists()],
    }
    return render_pdf(TEMPLATE, data, when=now.replace(hour=0, minute=0, second=0, microsecond=0))


def _on_paper(kind: Kind, rows: Any) -> dict[str, Any]:
    number = rows.count()
    labels = {field.name: str(field.verbose_name) for field in model_of(kind)._meta.concrete_fields}
    more = ""
    if number > MOST_ROWS_ON_PAPER:
        more = gettext("%(number)d more are in the file for programs (JSON).") % {"number": number - MOST_ROWS_ON_PAPER}
    return {
        "title": str(model_of(kind)._meta.verbose_name_plural),
        "rows": [
            [[labels[name], _text(value)] for name, value in fields_of(kind, row) if value not in (None, "", [], {})]
            for row in rows[:MOST_ROWS_ON_PAPER]
        ],
        "more": more,
    }


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    text = value if isinstance(value, str) else json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
