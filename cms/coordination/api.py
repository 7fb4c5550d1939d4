"""The plan: what a body says of its items."""

from django.db import transaction

from cms.accounts.models import User
from cms.coordination.forms import ProgressForm
from cms.coordination.models import Evidence, Progress, WorkItem


@transaction.atomic
def report(item: WorkItem, user: User, form: ProgressForm) -> None:
    """Stores what a valid form says, once however often it is sent."""
    data = form.cleaned_data
    _progress, is_new = Progress.objects.get_or_create(
        form_key=data["form_key"],
        defaults={"item": item, "status": data["status"], "note": data["note"], "by": user},
    )
    if not is_new:
        return
    WorkItem.objects.filter(pk=item.pk).update(status=data["status"])
    if data["evidence_url"]:
        Evidence.objects.create(
            item=item,
            kind=data["evidence_kind"],
            page=form.page,
            url=data["evidence_url"],
            label=data["evidence_label"] or (form.page.title if form.page else data["evidence_url"]),
            added_by=user,
        )
