from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InteropConfig(AppConfig):
    name = "cms.interop"
    label = "interop"
    verbose_name = _("Shared content")

    def ready(self) -> None:
        from cms.interop import receivers  # noqa: F401
