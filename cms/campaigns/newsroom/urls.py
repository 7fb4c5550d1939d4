from django.urls import path

from cms.campaigns.newsroom import views
from cms.campaigns.newsroom.feeds import AtomFeed, json_feed

app_name = "newsroom"
urlpatterns = [
    path("feed.atom", AtomFeed(), name="atom"),
    path("feed.json", json_feed, name="json"),
    path("of/<uuid:key>/feed.atom", AtomFeed(), name="atom_of"),
    path("of/<uuid:key>/feed.json", json_feed, name="json_of"),
    path("topics/<slug:topic>/feed.atom", AtomFeed(), name="atom_topic"),
    path("topics/<slug:topic>/feed.json", json_feed, name="json_topic"),
    path("embargoed/<str:token>/", views.press, name="press"),
    path("embargoed/<str:token>/<uuid:key>/", views.press_release, name="press_release"),
]
