from django.urls import path

from cms.campaigns.participation import views

app_name = "participation"
urlpatterns = [
    path("confirm/<str:token>/", views.confirm, name="confirm"),
    path("entries/<uuid:pk>/", views.entry, name="entry"),
    path("entries/<uuid:pk>/file/", views.entry_file, name="entry_file"),
    path("jury/<uuid:key>/", views.jury, name="jury"),
    path("result/<str:token>/", views.quiz_result, name="quiz_result"),
    path("result/<str:token>/card.png", views.quiz_card, name="quiz_card"),
]
