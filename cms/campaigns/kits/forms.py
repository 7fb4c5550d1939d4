from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.artwork.errors import ArtworkError
from cms.campaigns.kits.api import keep_logo
from cms.campaigns.kits.models import PartnerLogo


class KitForm(forms.Form):
    """Which languages, and whose logo."""

    languages = forms.ChoiceField(
        label=_("Languages"),
        choices=[("one", _("This language")), ("all", _("All languages, one folder each"))],
        initial="one",
    )
    organisation = forms.CharField(
        label=_("Your organisation"),
        max_length=120,
        required=False,
        help_text=_("Only if the posters should carry your logo beside those of the organisers."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    logo = forms.FileField(
        label=_("Your logo"),
        required=False,
        help_text=_("PNG, JPEG, WebP or SVG, up to 5 MB; best on a transparent or white ground."),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp,.svg"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        upload, name = cleaned.get("logo"), cleaned.get("organisation")
        if upload and not name:
            self.add_error("organisation", _("Say whose logo this is."))
        elif name and not upload and "logo" not in self.errors:
            self.add_error("logo", _("Choose the logo of your organisation."))
        return cleaned

    def keep_logo(self) -> PartnerLogo | None:
        """The logo that was uploaded, checked and kept; None without one. What is wrong with it is said in the form."""
        upload = self.cleaned_data.get("logo")
        if not upload:
            return None
        try:
            return keep_logo(self.cleaned_data["organisation"], upload)
        except ArtworkError as error:
            self.add_error("logo", str(error))
            return None
