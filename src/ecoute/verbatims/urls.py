from django.urls import URLPattern

app_name = "verbatims"
urlpatterns: list[URLPattern] = []
