from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntermediariesConfig(AppConfig):
    name = "courses.intermediaries"
    verbose_name = _("Register of intermediaries")

    def ready(self) -> None:
        from courses.intermediaries import receivers  # noqa: F401  (connects the signals)
