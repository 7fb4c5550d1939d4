from django.urls import path

from courses.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.asked, name="asked"),
    path("verify.py", views.verifier, name="verifier"),
    path("<uuid:pk>/", views.evidence, name="evidence"),
    path("<uuid:pk>/again/", views.again, name="again"),
    path("<uuid:pk>/evidence.zip", views.download, name="download"),
]
