from django.urls import path

from cms.exchange import views

app_name = "exchange"
urlpatterns = [path("", views.institutions, name="institutions")]
