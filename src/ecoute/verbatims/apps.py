from django.apps import AppConfig


class VerbatimsConfig(AppConfig):
    name = "ecoute.verbatims"
    label = "verbatims"
