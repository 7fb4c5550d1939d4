from django.urls import path

from courses.activities.discussion import views

urlpatterns = [path("answer/", views.answer, name="discussion_answer")]
