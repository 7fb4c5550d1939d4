from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "cms.campaigns.events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cms.campaigns.events import receivers  # noqa: F401
