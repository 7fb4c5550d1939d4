"""What is handed in: words, a file or both. The file is hostile until its first bytes say what its name says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.documents.uploads import content_matches

EXTENSIONS = ("pdf", "docx", "odt", "txt")
MOST_BYTES = 10 * 1024 * 1024
MOST_CHARACTERS = 50_000


class SubmissionForm(forms.Form):
    form_key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your text"), widget=forms.Textarea(attrs={"rows": 10}), required=False, max_length=MOST_CHARACTERS
    )
    file = forms.FileField(label=_("or a file (PDF, DOCX, ODT, TXT; 10 MB at most)"), required=False)

    def __init__(self, *args: Any, takes_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not takes_file:
            del self.fields["file"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            return None
        extension = file.name.rpartition(".")[2].lower()
        if extension not in EXTENSIONS:
            raise ValidationError(_("Upload a file of one of these kinds: PDF, DOCX, ODT, TXT."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Make it smaller and upload it again."))
        if not content_matches(extension, file):
            raise ValidationError(
                _("%(name)s does not contain what its ending .%(extension)s says. Save it again and upload it."),
                params={"name": file.name, "extension": extension},
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("file"):
            raise ValidationError(_("Write something or choose a file before you hand in."))
        return cleaned
