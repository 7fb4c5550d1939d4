from django.urls import path

from cms.campaigns.events import checkin_views as views

app_name = "checkin"
urlpatterns = [
    path("", views.home, name="home"),
    path("worker.js", views.worker, name="worker"),
    path("<uuid:key>/", views.door, name="door"),
    path("<uuid:key>/guests.json", views.guests, name="guests"),
    path("<uuid:key>/sync/", views.sync, name="sync"),
    path("t/<slug:code>/", views.ticket, name="ticket"),
]
