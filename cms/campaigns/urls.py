from django.urls import path

from cms.campaigns import views

app_name = "campaigns"
urlpatterns = [path("<uuid:key>/<slug:channel>/", views.share, name="share")]
