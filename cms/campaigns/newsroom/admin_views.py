from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.accounts.api import signed_in
from cms.campaigns.newsroom.forms import TellPressForm
from cms.campaigns.newsroom.models import AccreditedJournalist, EmbargoNotice, PressReading, PressReleasePage
from cms.campaigns.newsroom.press import move_embargo, tell_press


def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tells the press of a release under embargo, or that its embargo has moved; shows who has read it."""
    page = get_object_or_404(PressReleasePage, pk=pk)
    if not page.in_main_newsroom or not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    form = TellPressForm(request.POST or None, initial={"embargo_until": draft.embargo_until})
    is_scheduled = page.revisions.filter(approved_go_live_at__isnull=False).exists()
    if request.method == "POST" and not page.live and is_scheduled and form.is_valid():
        moment = form.cleaned_data["embargo_until"]
        notice, refused = tell_press(draft, signed_in(request), moment)
        if moment != draft.embargo_until:
            move_embargo(page, moment)
        count = notice.recipients.count()
        text = ngettext("%(count)d journalist was told.", "%(count)d journalists were told.", count)
        messages.success(request, text % {"count": count})
        if refused:
            names = ", ".join(map(str, refused))
            messages.error(
                request, _("The mail server did not take the mail to: %(names)s. Send again.") % {"names": names}
            )
        return redirect("newsroom_admin:tell", pk)
    context = {
        "page": page,
        "form": form,
        "is_scheduled": is_scheduled,
        "journalists": AccreditedJournalist.objects.valid(),
        "notices": EmbargoNotice.objects.filter(release_key=page.translation_key).select_related("sent_by"),
        "readings": PressReading.objects.filter(release_key=page.translation_key).select_related("journalist"),
        "page_title": _("Send to the press"),
    }
    return render(request, "newsroom/admin/tell.html", context)
