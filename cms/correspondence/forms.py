from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cms.accounts.humans import PublicForm
from cms.correspondence.models import Subject
from cms.vocabulary.countries import sorted_choices
from cms.vocabulary.models import Topic


class SubscribeForm(PublicForm):
    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    topics: forms.ModelMultipleChoiceField[Topic] = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        label=_("Topics"),
        required=False,
        help_text=_("None chosen: all of them."),
        widget=forms.CheckboxSelectMultiple,
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries and regions"),
        choices=sorted_choices,
        required=False,
        help_text=_("None chosen: all of them. Hold Ctrl or ⌘ to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    action = "subscribe"
    most_an_hour = 10
    field_order = ["email", "topics", "countries", "started", "homepage"]

    def __init__(self, request: HttpRequest, subject: Subject) -> None:
        super().__init__(request)
        if subject != Subject.EXCHANGE:
            del self.fields["countries"]
