from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.accounts.forms import AccountForm


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """A person's own settings. ``?next=`` leads back to where a missing name stopped them."""
    user = signed_in(request)
    form = AccountForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your settings are saved."))
        target = request.GET.get("next", "")
        if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            return redirect(target)
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})
