from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "courses.credentials"
    verbose_name = _("Credentials")

    def ready(self) -> None:
        from courses.credentials import receivers  # noqa: F401  (connects the signal)
