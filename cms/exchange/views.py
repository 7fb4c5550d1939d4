from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cms.exchange.models import OpportunityIndexPage, PartnerInstitution
from cms.languages.switcher import best_in
from cms.vocabulary.countries import country_name


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """The partner institutions abroad whose agreements hold, by country, with what they offer now."""
    today = timezone.localdate()
    live = Q(opportunities__live=True, opportunities__locale__language_code=get_language())
    live &= Q(opportunities__closes_at__isnull=True) | Q(opportunities__closes_at__gt=timezone.now())
    found = PartnerInstitution.objects.filter(Q(until__isnull=True) | Q(until__gte=today))
    rows = found.annotate(open_now=Count("opportunities", filter=live, distinct=True))
    ordered = sorted(rows, key=lambda one: (country_name(one.country), str(one)))
    by_country = [(name, list(group)) for name, group in groupby(ordered, key=lambda one: country_name(one.country))]
    context = {"countries": by_country, "index": best_in(OpportunityIndexPage.objects.all())}
    return render(request, "exchange/institutions.html", context)
