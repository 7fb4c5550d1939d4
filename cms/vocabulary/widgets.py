"""Form widgets for what several models keep in the same way."""

from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator

from cms.vocabulary.joined import joined, split
from cms.vocabulary.tongues import codes, sorted_choices


class LanguagesSelect(forms.SelectMultiple):
    """Languages by name, for a column that holds their codes joined: |en|zh|."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # Asked for each page anew: the names and their order are those of the reader's language.
        super().__init__({"size": 8} | (attrs or {}), choices=CallableChoiceIterator(sorted_choices))

    def format_value(self, value: Any) -> list[str]:
        return split(value) if isinstance(value, str) else super().format_value(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        chosen = super().value_from_datadict(data, files, name) or []
        return joined([code for code in chosen if code in codes()])
