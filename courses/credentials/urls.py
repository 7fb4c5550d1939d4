from django.urls import path

from courses.credentials import views

app_name = "credentials"
urlpatterns = [
    path("", views.verify_form, name="verify_form"),
    path("<uuid:pk>/", views.certificate, name="certificate"),
    path("<uuid:pk>/certificate.pdf", views.download, name="download"),
    path("<uuid:pk>/credential.json", views.credential, name="credential"),
    path("<str:code>/", views.verify, name="verify"),
]
