from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    name = "cms.languages"
    verbose_name = _("Languages")

    def ready(self) -> None:
        from cms.languages import receivers  # noqa: F401  (connects the signal)
