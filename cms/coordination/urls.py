from django.urls import path

from cms.coordination import views
from cms.coordination.coverage import views as coverage

app_name = "coordination"
urlpatterns = [
    path("", views.board, name="current"),
    path("<int:year>/", views.board, name="board"),
    path("<int:year>/timeline/", views.timeline, name="timeline"),
    path("<int:year>/coverage/", views.matrix, name="matrix"),
    path("<int:year>/<int:month>/summary.<slug:suffix>", views.summary, name="summary"),
    path("whole/", coverage.page, name="coverage"),
    path("whole/coverage.<slug:suffix>", coverage.file, name="coverage_file"),
    path("items/<uuid:pk>/", views.item, name="item"),
]
