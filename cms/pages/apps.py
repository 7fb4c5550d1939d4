from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "cms.pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from cms.pages import schedule  # noqa: F401
