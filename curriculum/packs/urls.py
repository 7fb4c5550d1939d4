from django.urls import path

from curriculum.packs import views

app_name = "packs"
urlpatterns = [
    path("<uuid:key>/lesson-plan.pdf", views.lesson_pdf, name="lesson_pdf"),
    path("<uuid:key>/worksheets.pdf", views.worksheets_pdf, name="worksheets_pdf"),
]
