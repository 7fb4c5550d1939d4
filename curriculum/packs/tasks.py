from django_tasks import task

from curriculum.packs.api import make
from curriculum.packs.models import Pack


@task()
def make_pack(key: str) -> None:
    """Makes a pack; one that was deleted meanwhile is left alone."""
    pack = Pack.objects.filter(pk=key).first()
    if pack is not None:
        make(pack)
