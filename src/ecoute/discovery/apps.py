from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "ecoute.discovery"
    label = "discovery"
