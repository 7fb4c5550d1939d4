from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompetencesConfig(AppConfig):
    name = "cms.competences"
    verbose_name = _("Competence frameworks")

    def ready(self) -> None:
        from cms.competences import receivers  # noqa: F401  (connects the signals)
