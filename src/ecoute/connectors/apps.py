from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "ecoute.connectors"
    label = "connectors"

    def ready(self) -> None:
        from ecoute.connectors import checks  # noqa: F401 – registers them
        from ecoute.connectors.language_models.engines import offer_engines

        offer_engines()
