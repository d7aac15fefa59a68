from django.urls import path

from ecoute.ui.gallery.views import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
