from django.urls import URLPattern, URLResolver, include, path

from courses.catalogue.kinds import folders
from courses.player.views import files, learning, notes, offline, reported, reviews

app_name = "player"

# Each kind of activity has its addresses in its own folder.
KINDS: list[URLPattern | URLResolver] = [
    path("<uuid:enrolment>/<int:number>/", include(f"courses.activities.{folder.name}.urls"))
    for folder in folders()
    if (folder / "urls.py").exists()
]

urlpatterns = [
    path("", learning.my_learning, name="my_learning"),
    path("worker.js", offline.worker, name="worker"),
    path("enrol/<slug:slug>/", learning.enrol, name="enrol"),
    path("review/<slug:slug>/", reviews.review, name="review"),
    path("<uuid:enrolment>/", learning.resume, name="resume"),
    path("<uuid:enrolment>/renew/", learning.renew, name="renew"),
    path("<uuid:enrolment>/done/", learning.done, name="done"),
    path("<uuid:enrolment>/notes/", notes.notes, name="notes"),
    path("<uuid:enrolment>/statements/", reported.statements, name="statements"),
    path("<uuid:enrolment>/token/", reported.token, name="token"),
    path("<uuid:enrolment>/offline/", offline.offline, name="offline"),
    path("<uuid:enrolment>/offline.json", offline.contents, name="offline_contents"),
    path("<uuid:enrolment>/move/", learning.move_on, name="move_on"),
    path("<uuid:enrolment>/<int:number>/", learning.activity, name="activity"),
    path("<uuid:enrolment>/<int:number>/complete/", learning.complete, name="complete"),
    path("<uuid:enrolment>/<int:number>/note/", notes.keep, name="note"),
    path("<uuid:enrolment>/<int:number>/captions.vtt", learning.captions, name="captions"),
    path("<uuid:enrolment>/<int:number>/file/<int:index>/", files.file, name="file"),
    *KINDS,
]
