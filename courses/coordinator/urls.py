from django.urls import path

from courses.coordinator import views

app_name = "coordinator"
urlpatterns = [
    path("people/<str:token>/", views.person, name="person"),
    path("people/<str:token>/exceptions/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("people/<str:token>/certificates/<uuid:pk>/revoke/", views.take_back, name="revoke"),
    path("elsewhere/", views.recognition, name="recognition"),
    path("elsewhere/<uuid:pk>/", views.decide, name="decide"),
]
