from django.urls import path

from cms.campaigns.events import views

app_name = "events"
urlpatterns = [
    path("calendar.ics", views.calendar_feed, name="calendar"),
    path("<uuid:key>/event.ics", views.event_calendar, name="ics"),
    path("<uuid:key>/register/", views.sign_up, name="sign_up"),
    path("registrations/<str:token>/", views.registration, name="registration"),
    path("registrations/<str:token>/cancel/", views.give_back, name="cancel"),
]
