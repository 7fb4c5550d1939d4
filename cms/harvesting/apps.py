from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HarvestingConfig(AppConfig):
    name = "cms.harvesting"
    label = "harvesting"
    verbose_name = _("Partners’ content")

    def ready(self) -> None:
        from cms.harvesting import receivers  # noqa: F401
