from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssociationsConfig(AppConfig):
    name = "cms.associations"
    label = "associations"
    verbose_name = _("Associations")

    def ready(self) -> None:
        from cms.associations import receivers  # noqa: F401
