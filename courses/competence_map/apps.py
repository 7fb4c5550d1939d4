from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetenceMapConfig(AppConfig):
    name = "courses.competence_map"
    verbose_name = _("Competence map")
