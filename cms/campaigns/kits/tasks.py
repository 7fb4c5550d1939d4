from django_tasks import task

from cms.campaigns.kits.api import make
from cms.campaigns.kits.models import Kit


@task()
def make_kit(key: str) -> None:
    """Makes a kit; one that was deleted meanwhile is left alone."""
    kit = Kit.objects.filter(pk=key).first()
    if kit is not None:
        make(kit)
