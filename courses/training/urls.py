from django.urls import path

from courses.training.views import external, mine

app_name = "training"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("notices/read/", mine.read_notices, name="read_notices"),
    path("transcript/", mine.transcript, name="transcript"),
    path("transcript.pdf", mine.transcript_file, name="transcript_file"),
    path("calendar/<str:token>.ics", mine.calendar, name="calendar"),
    path("elsewhere/", external.external, name="external"),
    path("elsewhere/<uuid:pk>/proof/", external.proof, name="proof"),
]
