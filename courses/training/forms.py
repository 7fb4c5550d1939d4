"""Asking for training elsewhere to be recognised. The proof is hostile until its first bytes say what it is."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from cms.documents.uploads import content_matches
from courses.credentials.models import ExternalTraining

EXTENSIONS = {"pdf": "PDF", "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG"}
MOST_BYTES = 10 * 1024 * 1024


class ExternalTrainingForm(forms.ModelForm[ExternalTraining]):
    class Meta:
        model = ExternalTraining
        fields = ["title", "provider", "held_on", "hours", "topics", "proof"]
        widgets = {
            "held_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "topics": forms.CheckboxSelectMultiple,
            "hours": forms.NumberInput(attrs={"step": "0.5", "min": "0.5", "inputmode": "decimal"}),
            "proof": forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        }
        help_texts = {"proof": _("The certificate or confirmation: PDF, PNG or JPEG, 10 MB at most.")}

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet. Ask once the training is over."))
        return day

    def clean_proof(self) -> Any:
        file = self.cleaned_data["proof"]
        extension = file.name.rpartition(".")[2].lower()
        if extension not in EXTENSIONS:
            raise ValidationError(_("Upload a file of one of these kinds: PDF, PNG, JPEG."))
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Make it smaller and upload it again."))
        if not _is_what_it_says(extension, file):
            raise ValidationError(
                _("%(name)s does not contain what its ending .%(extension)s says. Save it again and upload it."),
                params={"name": file.name, "extension": extension},
            )
        return file


def _is_what_it_says(extension: str, file: Any) -> bool:
    if extension == "pdf":
        return content_matches(extension, file)
    try:
        with Image.open(file, formats=[EXTENSIONS[extension]]) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        file.seek(0)
    return True
