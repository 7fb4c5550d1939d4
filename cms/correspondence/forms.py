from django import forms
from django.utils.translation import gettext_lazy as _

from cms.accounts.humans import PublicForm
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
    action = "subscribe"
    most_an_hour = 10
    field_order = ["email", "topics", "started", "homepage"]
