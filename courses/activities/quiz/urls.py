from django.urls import path

from courses.activities.quiz import views

urlpatterns = [
    path("begin/", views.begin, name="quiz_begin"),
    path("question/<int:position>/", views.question, name="quiz_question"),
    path("hand-in/", views.hand_in, name="quiz_hand_in"),
    path("result/", views.result, name="quiz_result"),
]
