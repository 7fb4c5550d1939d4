from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "cms.campaigns.newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        from cms.campaigns.newsroom import receivers  # noqa: F401
