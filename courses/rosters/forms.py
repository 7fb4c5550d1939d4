from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.directory.models import Organisation
from cms.tables.reading import MOST_BYTES
from courses.rosters.models import Roster


class RosterForm(forms.ModelForm[Roster]):
    class Meta:
        model = Roster
        fields = ["organisation", "file", "is_whole"]
        help_texts = {"file": _("CSV or XLSX, 50 MB at most. The first row names the columns.")}
        widgets = {"file": forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt"})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields["organisation"]
        assert isinstance(choices, forms.ModelChoiceField)
        choices.queryset = Organisation.objects.managed_by(user)
        if len(choices.queryset) == 1:
            choices.initial = choices.queryset[0]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 50 MB. Split it and upload the parts."))
        return file
