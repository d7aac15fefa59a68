from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ecoute.core"
    label = "core"
