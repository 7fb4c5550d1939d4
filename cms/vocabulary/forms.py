"""Forms outside the admin for records that are named in several languages."""

from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=Model)


class NamedForm(forms.ModelForm[M]):
    """``named`` is the translated field; a name in one language is enough, and stands in for those that are missing.

    The form's fields must have the field of each language.
    """

    named = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            field = self.fields[self._column(code)]
            plain = str(field.label).partition(" [")[0]
            field.label = _("%(label)s in %(language)s") % {"label": plain, "language": language}
            field.required = False

    def _column(self, code: str) -> str:
        return f"{self.named}_{code.replace('-', '_')}"

    @property
    def name_here(self) -> BoundField:
        """The field of the reader's language."""
        return self[self._column(get_language() or "en")]

    @property
    def names_elsewhere(self) -> list[BoundField]:
        here = self.name_here.name
        return [self[self._column(code)] for code, _language in settings.LANGUAGES if self._column(code) != here]

    @property
    def others(self) -> list[BoundField]:
        """All fields that are no name."""
        names = {self._column(code) for code, _language in settings.LANGUAGES}
        return [field for field in self.visible_fields() if field.name not in names]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        given = [values.get(self.name_here.name), *(values.get(field.name) for field in self.names_elsewhere)]
        first = next((text for text in given if text), "")
        if not first:
            raise ValidationError({self.name_here.name: _("Give it a name in one language at least.")})
        values[self._column("en")] = values.get(self._column("en")) or first
        return values


def language_fields(named: str) -> list[str]:
    return [f"{named}_{code.replace('-', '_')}" for code, _language in settings.LANGUAGES]
