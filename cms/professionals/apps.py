from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfessionalsConfig(AppConfig):
    name = "cms.professionals"
    label = "professionals"
    verbose_name = _("Professionals")

    def ready(self) -> None:
        from cms.professionals import receivers  # noqa: F401
