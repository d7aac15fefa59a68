from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ecoute.portal"
    label = "portal"
