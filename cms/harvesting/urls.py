from django.urls import path

from cms.harvesting import views

app_name = "harvesting"
urlpatterns = [path("", views.items, name="items"), path("<uuid:pk>/", views.item, name="item")]
