from django import forms
from django.utils.translation import gettext_lazy as _


class PostForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)
