from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "cms.accounts"
    verbose_name = _("Accounts")


class ImprintUsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration with our user model's forms."""

    user_viewset = "cms.accounts.users.ImprintUserViewSet"
