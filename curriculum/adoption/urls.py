from django.urls import path, re_path

from curriculum.adoption import views

app_name = "adoption"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("lessons/<uuid:key>/", views.report, name="report"),
    path("reports/<uuid:pk>/", views.correct, name="correct"),
    path("reports/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("popularisation/", views.dashboard, name="dashboard"),
    re_path(r"^popularisation\.(?P<extension>csv|xlsx)$", views.export, name="export"),
]
