from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from curriculum.packs.models import Format


class PackForm(forms.Form):
    """Which file, in which language, and which one beside it."""

    format = forms.ChoiceField(label=_("File"), choices=Format.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    second = forms.ChoiceField(
        label=_("Second language, side by side"),
        required=False,
        help_text=_("For PDF, Word and ZIP. Leave it empty for one language."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        second = self.fields["second"]
        assert isinstance(second, forms.ChoiceField)
        second.choices = [("", _("None")), *settings.LANGUAGES]
        self.fields["language"].initial = get_language()
        self.fields["format"].initial = Format.ZIP

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("second") and cleaned.get("second") == cleaned.get("language"):
            self.add_error("second", _("Choose two different languages."))
        if cleaned.get("second") and cleaned.get("format") == Format.EPUB:
            self.add_error("second", _("An e-book has one language. Choose PDF, Word or ZIP for two."))
        return cleaned

    @property
    def languages(self) -> list[str]:
        return [code for code in (self.cleaned_data["language"], self.cleaned_data["second"]) if code]
