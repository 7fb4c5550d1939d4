from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "courses.catalogue"
    verbose_name = _("Course catalogue")

    def ready(self) -> None:
        from courses.catalogue import receivers  # noqa: F401
