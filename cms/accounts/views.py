from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from cms.accounts.api import signed_in
from cms.accounts.forms import AccountForm


def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admin sends people who may not enter: to the sign-in, or to a refusal if they are signed in."""
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied(_("Only people who publish come in here. Ask your administrator for the role."))
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('account_login')}{'?' + query if query else ''}")


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
