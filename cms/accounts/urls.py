from django.urls import include, path

from cms.accounts import views

urlpatterns = [
    path("account/", views.account, name="account"),
    path("accounts/", include("allauth.account.urls")),
]
