from django.urls import path, register_converter
from django.urls.converters import StringConverter

from curriculum.packs import views
from curriculum.packs.models import Format
from curriculum.packs.sources import KINDS


class FormatConverter(StringConverter):
    regex = "|".join(value.replace(".", r"\.") for value in Format.values)


class KindConverter(StringConverter):
    regex = "|".join(KINDS)


register_converter(FormatConverter, "pack_format")
register_converter(KindConverter, "pack_kind")

app_name = "packs"
urlpatterns = [
    path("prepared/<uuid:pk>/", views.prepared, name="prepared"),
    path("prepared/<uuid:pk>/file/", views.pack_file, name="file"),
    path("<uuid:key>/<pack_format:name>", views.lesson_file, name="lesson_file"),
    path("<pack_kind:kind>/<str:key>/", views.options, name="options"),
]
