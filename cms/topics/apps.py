from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TopicsConfig(AppConfig):
    name = "cms.topics"
    label = "topics"
    verbose_name = _("Topic pages")
