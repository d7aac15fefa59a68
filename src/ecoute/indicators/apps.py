from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "ecoute.indicators"
    label = "indicators"
