from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.core.sweeping import sweep


@job("core.sweep")
def sweep_old_records(progress: Progress) -> dict[str, Any]:
    """Deletes audit entries and ended jobs that are past their age."""
    return sweep()
