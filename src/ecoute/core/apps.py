from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ecoute.core"
    label = "core"

    def ready(self) -> None:
        from ecoute.core import checks  # noqa: F401  registers them
        from ecoute.core.manifest import load_manifests

        load_manifests()
