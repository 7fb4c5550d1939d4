from django.urls import path

from cms.coordination import views

app_name = "coordination"
urlpatterns = [
    path("", views.board, name="current"),
    path("<int:year>/", views.board, name="board"),
    path("<int:year>/timeline/", views.timeline, name="timeline"),
    path("<int:year>/coverage/", views.matrix, name="matrix"),
    path("<int:year>/<int:month>/summary.<slug:suffix>", views.summary, name="summary"),
    path("items/<uuid:pk>/", views.item, name="item"),
]
