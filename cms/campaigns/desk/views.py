"""The campaign desk: languages and numbers of one campaign, for those who may edit it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.accounts.api import signed_in
from cms.campaigns.desk.languages import LanguageTable, pages_to_send
from cms.campaigns.desk.models import TranslationOrder
from cms.campaigns.desk.numbers import Numbers
from cms.campaigns.desk.tasks import send_to_translators
from cms.campaigns.models import CampaignPage
from cms.statistics.models import Act
from cms.tables.api import csv_response


def _campaign(request: HttpRequest, pk: int) -> CampaignPage:
    """The campaign as it was first written; its translations lead to it, too."""
    page = get_object_or_404(CampaignPage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    first = CampaignPage.objects.filter(translation_key=page.translation_key).order_by("pk").first()
    assert first is not None
    return first


def languages(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _campaign(request, pk)
    order = TranslationOrder.going_on(campaign.translation_key)
    can_send = request.user.has_perm("wagtail_localize.submit_translation")  # type: ignore[union-attr]
    if request.method == "POST":
        if not can_send:
            raise PermissionDenied
        if order is None:
            order = TranslationOrder.objects.create(
                campaign_key=campaign.translation_key, by=signed_in(request), total=len(pages_to_send(campaign))
            )
            send_to_translators.enqueue(str(order.pk))
        messages.success(request, _("Everything is on its way to the translators."))
        return redirect("desk:languages", pk)
    last = TranslationOrder.objects.filter(campaign_key=campaign.translation_key).first()
    table = LanguageTable(campaign)
    context = {
        "campaign": campaign,
        "table": table,
        "order": order,
        "last": last,
        "can_send": can_send,
        "page_title": _("Languages"),
    }
    return render(request, "desk/languages.html", context)


def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _campaign(request, pk)
    first, last = _day(request, "from"), _day(request, "to")
    found = Numbers(campaign, first, last)
    if request.GET.get("format") == "csv":
        header = [_("Day"), _("Language"), _("What"), _("Count")]
        return csv_response(f"{campaign.slug}-numbers.csv", header, found.table())
    context = {
        "campaign": campaign,
        "numbers": found,
        "acts": Act,
        "first": first,
        "last": last,
        "page_title": _("Numbers"),
    }
    return render(request, "desk/numbers.html", context)


def _day(request: HttpRequest, name: str) -> date | None:
    """A day from the address; nothing for what is none."""
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None
