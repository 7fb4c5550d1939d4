from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoordinatorConfig(AppConfig):
    name = "courses.coordinator"
    verbose_name = _("Coordination of training")
