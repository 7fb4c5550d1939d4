from django.conf import settings
from django.utils.translation import override
from django_tasks import task

from cms.harvesting.errors import HarvestError
from cms.harvesting.harvesting import harvest
from cms.harvesting.models import Harvest, Source
from cms.jobs.models import carry_out


@task()
def look_into(pk: str, force: bool = False) -> None:
    """Carries out a harvest that was asked for; its state is in its row."""
    run = Harvest.objects.select_related("source").get(pk=pk)
    with override(settings.LANGUAGE_CODE):
        carry_out(run, lambda job: harvest(job, force=force), HarvestError)


def ask_for(source: Source, *, anew: bool = False, force: bool = False) -> Harvest:
    """Plans a look into a source; one that is going on is given back. ``anew`` begins at the beginning."""
    last = source.last_harvest
    if last is not None and last.is_going_on and not last.is_stuck:
        return last
    if anew:
        Source.objects.filter(pk=source.pk).update(next_from="")
    run = Harvest.objects.create(source=source)
    look_into.enqueue(str(run.pk), force)
    return run
