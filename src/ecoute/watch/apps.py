from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "ecoute.watch"
    label = "watch"
