from django_tasks import task

from cms.correspondence.api import deliver
from cms.correspondence.models import Announcement


@task()
def deliver_announcement(pk: int) -> None:
    """Sends the mails of an announcement that are not sent yet."""
    announcement = Announcement.objects.filter(pk=pk).first()
    if announcement:
        deliver(announcement)
