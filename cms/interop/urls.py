from django.urls import path

from cms.interop import feeds, views

app_name = "interop"
urlpatterns = [
    path("", views.index, name="index"),
    path("atom.xml", feeds.AtomFeed(), name="atom"),
    path("feed.json", feeds.json_feed, name="json"),
    path("<slug:slug>/atom.xml", feeds.AtomFeed(), name="atom"),
    path("<slug:slug>/feed.json", feeds.json_feed, name="json"),
]
