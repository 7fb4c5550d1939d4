from django.urls import path

from cms.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.privacy, name="privacy"),
    path("stay/", views.change_mind, name="change_mind"),
    path("my-data.json", views.export_json, name="export_json"),
    path("my-data.pdf", views.export_pdf, name="export_pdf"),
]
