from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatutesConfig(AppConfig):
    name = "cms.statutes"
    label = "statutes"
    verbose_name = _("Laws")
    default_auto_field = "django.db.models.BigAutoField"
