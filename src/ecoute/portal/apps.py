from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "ecoute.portal"
    label = "portal"

    def ready(self) -> None:
        from ecoute.portal import checks  # noqa: F401
