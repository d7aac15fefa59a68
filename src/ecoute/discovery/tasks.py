"""Jobs of the discoveries: each delegates to an action."""

from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.discovery.actions.grouping import group_expectations


@job("discovery.group")
def group(progress: Progress) -> dict[str, Any]:
    return group_expectations(progress)
