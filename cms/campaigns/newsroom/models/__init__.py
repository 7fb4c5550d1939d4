"""Press releases with their embargo, and the press that may read them before."""

from cms.campaigns.newsroom.models.press import AccreditedJournalist, EmbargoNotice, PressReading
from cms.campaigns.newsroom.models.releases import NewsroomPage, PressContact, PressReleasePage, ReleaseAttachment

__all__ = [
    "AccreditedJournalist",
    "EmbargoNotice",
    "NewsroomPage",
    "PressContact",
    "PressReading",
    "PressReleasePage",
    "ReleaseAttachment",
]
