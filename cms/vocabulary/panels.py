"""Admin forms for translated records: what all languages share first, then a tab per language."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface


def language_tabs(
    fields: Sequence[str], shared: Sequence[Panel], form: type[WagtailAdminModelForm] = WagtailAdminModelForm
) -> TabbedInterface:
    """The edit handler of a record translated by django-modeltranslation.

    ``fields`` are the translated fields, ``shared`` the panels of everything that is the same in all
    languages. Each language's tab carries the language's own name. ``form`` checks what no field can check alone.
    """
    tabs = [
        ObjectList([FieldPanel(f"{field}_{code.replace('-', '_')}") for field in fields], heading=name)
        for code, name in settings.LANGUAGES
    ]
    return TabbedInterface([*tabs, ObjectList(list(shared), heading=_("All languages"))], base_form_class=form)
