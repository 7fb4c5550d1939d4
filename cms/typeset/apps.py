from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TypesetConfig(AppConfig):
    name = "cms.typeset"
    verbose_name = _("Typesetting")

    def ready(self) -> None:
        from cms.typeset import fonts  # noqa: F401  (registers the system check)
