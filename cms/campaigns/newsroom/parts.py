from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cms.campaigns.newsroom.models import PressReleasePage
from cms.campaigns.parts import Part


def _releases(key: UUID) -> Any:
    return PressReleasePage.objects.filter(campaign__translation_key=key).order_by("-first_published_at")


PRESS = Part("press", _("Press"), _releases)
