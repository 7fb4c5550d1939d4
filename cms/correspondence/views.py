"""Subscribing, confirming, ending: three pages, each of which works without an account, a cookie or JavaScript."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cms.correspondence.api import confirm as confirm_subscription
from cms.correspondence.api import find, subscribe
from cms.correspondence.api import unsubscribe as end_subscription
from cms.correspondence.forms import SubscribeForm
from cms.correspondence.models import Subject


@never_cache
def ask(request: HttpRequest, subject: str) -> HttpResponse:
    """The form; what it says afterwards does not tell whether the address was known."""
    if subject not in Subject.values:
        raise Http404
    form = SubscribeForm(request, Subject(subject))
    if request.method == "POST" and form.is_valid():
        topics, countries = list(form.cleaned_data["topics"]), form.cleaned_data.get("countries", [])
        try:
            subscribe(form.cleaned_data["email"], Subject(subject), str(get_language()), topics, countries)
        except OSError:
            form.say_mail_failed()
        else:
            return render(request, "correspondence/asked.html", {"email": form.cleaned_data["email"]})
    context = {"form": form, "subject": Subject(subject)}
    return render(request, "correspondence/ask.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A look alone confirms nothing: mail programs and scanners look at every link."""
    if request.method != "POST":
        return render(request, "correspondence/confirm.html")
    subscription = confirm_subscription(token)
    return render(
        request,
        "correspondence/confirmed.html",
        {"subscription": subscription},
        status=200 if subscription else 410,
    )


@csrf_exempt  # RFC 8058: mail programs send it, without a cookie; the token is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click in a mail program, or a button for whoever follows the link."""
    if request.method == "POST":
        end_subscription(token)
        return render(request, "correspondence/ended.html")
    return render(request, "correspondence/unsubscribe.html", {"subscription": find(token)})
