from django.urls import path

from curriculum.feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("lessons/<uuid:key>/", views.report, name="report"),
    path("reports/<str:token>/", views.follow, name="follow"),
]
