"""Jobs of the watch."""

from typing import Any

from ecoute.core.jobs import Progress, job
from ecoute.watch.actions.letters import send_digests
from ecoute.watch.actions.looking import look


@job("watch.look")
def look_at_all(progress: Progress) -> dict[str, Any]:
    return look(progress)


@job("watch.letters")
def letters(progress: Progress) -> dict[str, Any]:
    return send_digests(progress)
