from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "cms.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        from cms.exchange import receivers  # noqa: F401
