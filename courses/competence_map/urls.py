from django.urls import path

from courses.competence_map import views

app_name = "competence_map"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("recognition/", views.recognition, name="recognition"),
    path("evidence/<uuid:pk>/proof/", views.proof, name="proof"),
    path("evidence/<uuid:pk>/decide/", views.decide, name="decide"),
    path("<slug:slug>/", views.mine, name="mine"),
    path("<slug:slug>/map.pdf", views.paper, name="paper"),
    path("<slug:slug>/map.xlsx", views.workbook, name="workbook"),
    path("<slug:slug>/evidence/", views.evidence, name="evidence"),
]
