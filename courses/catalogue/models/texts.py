"""Whether a record translated by columns has its text in a language."""

from django.db import models


def has_texts(record: models.Model, code: str, *fields: str) -> bool:
    """Whether every field that is filled in English is filled in the language ``code``, too."""
    column = code.replace("-", "_")
    return all(
        bool(getattr(record, f"{field}_{column}"))
        for field in fields
        if field == "title" or getattr(record, f"{field}_en")
    )
