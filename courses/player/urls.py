from django.urls import path

from courses.player import quiz, views

app_name = "player"
urlpatterns = [
    path("", views.my_learning, name="my_learning"),
    path("enrol/<slug:slug>/", views.enrol, name="enrol"),
    path("<uuid:enrolment>/", views.resume, name="resume"),
    path("<uuid:enrolment>/done/", views.done, name="done"),
    path("<uuid:enrolment>/<int:number>/", views.activity, name="activity"),
    path("<uuid:enrolment>/<int:number>/complete/", views.complete, name="complete"),
    path("<uuid:enrolment>/<int:number>/captions.vtt", views.captions, name="captions"),
    path("<uuid:enrolment>/<int:number>/begin/", quiz.begin, name="quiz_begin"),
    path("<uuid:enrolment>/<int:number>/question/<int:position>/", quiz.question, name="quiz_question"),
    path("<uuid:enrolment>/<int:number>/hand-in/", quiz.hand_in, name="quiz_hand_in"),
    path("<uuid:enrolment>/<int:number>/result/", quiz.result, name="quiz_result"),
]
