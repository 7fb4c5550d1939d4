from django.urls import path

from courses.intermediaries.views import keeper, own, public

app_name = "intermediaries"
urlpatterns = [
    path("", public.register, name="register"),
    path("check/", public.check, name="check"),
    path("qualifications/", public.tracks, name="tracks"),
    path("qualifications/<slug:slug>/", public.track, name="track"),
    path("qualifications/<slug:slug>/practice/", own.practice, name="practice"),
    path("qualifications/<slug:slug>/apply/", own.application, name="apply"),
    path("mine/", own.mine, name="mine"),
    path("practice/", own.confirmations, name="confirmations"),
    path("records/<uuid:pk>/document/", public.document, name="document"),
    path("records/<uuid:pk>/objection/", own.objection, name="object"),
    path("keeper/", keeper.overview, name="overview"),
    path("keeper/add/", keeper.add, name="add"),
    path("keeper/results/", keeper.results, name="results"),
    path("keeper/applications/<uuid:pk>/", keeper.application, name="application"),
    path("keeper/objections/<uuid:pk>/", keeper.objection, name="objection"),
    path("keeper/entries/<uuid:pk>/", keeper.entry, name="keep"),
    path("<uuid:pk>/", public.entry, name="entry"),
]
