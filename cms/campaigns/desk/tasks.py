from django_tasks import task

from cms.campaigns.desk.languages import send_all
from cms.campaigns.desk.models import TranslationOrder
from cms.jobs.models import carry_out


@task()
def send_to_translators(key: str) -> None:
    """Carries out an order for translation."""
    order = TranslationOrder.objects.filter(pk=key).first()
    if order is not None:
        carry_out(order, send_all)
