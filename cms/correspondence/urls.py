from django.urls import path

from cms.correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("end/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<slug:subject>/", views.ask, name="ask"),
]
