from django_tasks import task

from courses.evidence.api import make
from courses.evidence.models import Evidence


@task()
def make_evidence(pk: str) -> None:
    evidence = Evidence.objects.select_related("organisation", "plan", "author").filter(pk=pk).first()
    if evidence is not None and evidence.state != Evidence.State.READY:
        make(evidence)
