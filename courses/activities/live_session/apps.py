from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LiveSessionConfig(AppConfig):
    name = "courses.activities.live_session"
    verbose_name = _("Live sessions")

    def ready(self) -> None:
        from courses.activities.live_session import attendance  # noqa: F401  (listens to check-ins)
