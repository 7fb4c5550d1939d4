from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DegreesConfig(AppConfig):
    name = "curriculum.degrees"
    label = "degrees"
    verbose_name = _("Degrees")

    def ready(self) -> None:
        from curriculum.degrees import receivers  # noqa: F401
