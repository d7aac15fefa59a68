from django.apps import AppConfig


class VerbatimsConfig(AppConfig):
    name = "ecoute.verbatims"
    label = "verbatims"

    def ready(self) -> None:
        from ecoute.verbatims import checks  # noqa: F401 – registers them
        from ecoute.verbatims.actions import merging  # noqa: F401 – registers what happens when services merge
