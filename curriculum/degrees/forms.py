from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cms.tables.reading import MOST_BYTES


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook"), help_text=_("XLSX or CSV. The first row names the columns."), max_length=200
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > MOST_BYTES:
            raise ValidationError(_("The file is too large."))
        return file
