from django.urls import path

from courses.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("new/", views.new_plan, name="new_plan"),
    path("cohorts/new/", views.new_cohort, name="new_cohort"),
    path("cohorts/<int:pk>/", views.cohort, name="cohort"),
    path("cohorts/<int:pk>/delete/", views.delete_cohort, name="delete_cohort"),
    path("<slug:slug>/", views.plan, name="plan"),
]
