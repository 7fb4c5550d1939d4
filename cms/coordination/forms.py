from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from cms.coordination.models import EvidenceKind, WorkItem
from cms.languages.switcher import readable


class ProgressForm(forms.Form):
    """What a body says of its item: how far it is, what was done, and what shows it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    status = forms.ChoiceField(label=_("Status"), choices=WorkItem.Status.choices)
    note = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    evidence_kind = forms.ChoiceField(
        label=_("Evidence"), required=False, choices=[("", _("None to add")), *EvidenceKind.choices]
    )
    evidence_url = forms.URLField(
        label=_("Its address"),
        required=False,
        assume_scheme="https",
        help_text=_("A campaign, an event, a lesson or a report of this site, or a page elsewhere."),
    )
    evidence_label = forms.CharField(label=_("Its name"), required=False, max_length=200)

    def __init__(self, item: WorkItem, data: Any = None) -> None:
        super().__init__(data, initial={"status": item.status, "form_key": uuid4()})
        self.item = item
        self.page: Page | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, url = cleaned.get("evidence_kind"), cleaned.get("evidence_url")
        if kind and not url and "evidence_url" not in self.errors:
            self.add_error("evidence_url", _("Say where the evidence can be seen."))
        if url and not kind:
            self.add_error("evidence_kind", _("Say what kind of evidence this is."))
        if url:
            self.page = page_at(url)
            if not self.page and not cleaned.get("evidence_label"):
                self.add_error("evidence_label", _("Give it a name: it is no page of this site."))
        is_done = cleaned.get("status") == WorkItem.Status.DONE
        if is_done and not url and not self.item.evidence.exists():
            self.add_error("evidence_url", _("An item is done when something shows it. Add the evidence."))
        return cleaned


def page_at(url: str) -> Page | None:
    """The readable page of this site at an address; None for one elsewhere."""
    parts = urlsplit(url)
    site = Site.objects.filter(hostname=parts.hostname or "", is_default_site=True).first()
    if site is None:
        return None
    pieces = [piece for piece in parts.path.split("/") if piece]
    homes = Page.objects.filter(
        translation_key=site.root_page.translation_key, locale__language_code=pieces[0] if pieces else ""
    )
    for home in homes:
        path = home.url_path + "".join(f"{piece}/" for piece in pieces[1:])
        return readable(Page.objects.filter(url_path=path)).first()
    return None
