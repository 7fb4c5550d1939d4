from django.urls import path

from cms.campaigns.kits import views

app_name = "kits"
urlpatterns = [
    path("<uuid:key>/", views.kit, name="kit"),
    path("<uuid:key>/preview/<slug:name>.png", views.preview_file, name="preview"),
    path("<uuid:key>/<slug:name>.<slug:suffix>", views.one_file, name="file"),
    path("prepared/<uuid:pk>/", views.prepared, name="prepared"),
    path("prepared/<uuid:pk>/kit.zip", views.kit_file, name="zip"),
]
