from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.accounts.addresses import addresses_in
from cms.accounts.models import User
from cms.directory.models import Organisation
from courses.reports.models import SavedReport
from courses.reports.scope import Scope

MOST_READERS = 20


class SavedReportForm(forms.ModelForm[SavedReport]):
    to = forms.CharField(
        label=_("Send it to colleagues, too"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("One address a line. Each gets what they may see themselves, in their own language."),
    )

    class Meta:
        model = SavedReport
        fields = ["title", "rhythm", "starts_on", "form"]
        widgets = {"starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {
            "rhythm": _("By e-mail, in the morning. Never at night."),
            "starts_on": _("The day of the week or of the month stays the same."),
        }

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        if self.instance.pk:
            self.initial["to"] = "\n".join(self.instance.readers.values_list("email", flat=True))

    def clean_to(self) -> list[User]:
        """Accounts that see all of what the report is about. The answer does not tell who has an account."""
        addresses = addresses_in(self.cleaned_data["to"])
        if len(addresses) > MOST_READERS:
            raise ValidationError(_("Name at most %(number)s people."), params={"number": MOST_READERS})
        found = {user.email.lower(): user for user in User.objects.filter(email__in=addresses, is_active=True)}
        refused = sorted(address for address in addresses if not self._sees(found.get(address)))
        if refused:
            raise ValidationError(
                _("These people do not see the units of this report, or have no account: %(people)s"),
                params={"people": ", ".join(refused)},
            )
        return [user for user in found.values() if user.pk != self.instance.owner_id]

    def _sees(self, user: User | None) -> bool:
        if user is None:
            return False
        heads = [unit.pk for unit in self.scope.heads]
        return Organisation.objects.visible_to(user).filter(pk__in=heads).count() == len(heads)
