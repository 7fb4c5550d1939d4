from django.urls import path

from courses.activities.slides import views

urlpatterns = [path("pages/<int:page>.webp", views.page, name="slides_page")]
