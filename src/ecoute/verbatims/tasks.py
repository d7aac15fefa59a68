"""Jobs of the listening base: each fetches what it needs and delegates to an action."""

from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.verbatims.actions.analyse import analyse_waiting


@job("verbatims.analyse")
def analyse(progress: Progress) -> dict[str, Any]:
    return analyse_waiting(progress)
