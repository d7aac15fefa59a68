from typing import Any

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "ecoute.discovery"
    label = "discovery"

    def ready(self) -> None:
        from ecoute.verbatims.signals import analysed

        analysed.connect(_look_again, dispatch_uid="discovery")


def _look_again(**_: Any) -> None:
    """New words were understood: what is asked for, and the map, are made again outside the request."""
    from ecoute.discovery.actions.grouping import enqueue_grouping
    from ecoute.discovery.actions.mapping import enqueue_map

    enqueue_grouping(by=None)
    enqueue_map(by=None)
