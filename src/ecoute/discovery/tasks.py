"""Jobs of the discoveries: each delegates to an action."""

from datetime import timedelta
from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.discovery.actions.grouping import group_expectations
from ecoute.discovery.actions.mapping import draw_map


@job("discovery.group")
def group(progress: Progress) -> dict[str, Any]:
    return group_expectations(progress)


@job("discovery.map", lease=timedelta(minutes=15))
def draw(progress: Progress) -> dict[str, Any]:
    return draw_map()
