from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EarlyWarningConfig(AppConfig):
    name = "cms.campaigns.early_warning"
    verbose_name = _("Reports and early warning")

    def ready(self) -> None:
        from cms.campaigns.early_warning import receivers  # noqa: F401
