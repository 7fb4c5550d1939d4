from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    name = "curriculum.packs"
    verbose_name = _("Lesson packs")
