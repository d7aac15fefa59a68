from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "ecoute.coding"
    label = "coding"
