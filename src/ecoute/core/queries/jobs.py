"""A job in words that people understand."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core.jobs.worker import workers_alive
from ecoute.core.models import Job

PATIENCE = timedelta(seconds=15)  # how long a job waits before we look whether a worker is there at all


@dataclass(frozen=True)
class JobWords:
    """``title``: where the work stands; ``detail``: what it says of itself; ``advice``: what to do, if anything."""

    title: str
    detail: str
    advice: str = ""


def job_in_words(job: Job) -> JobWords:
    """What to tell the person who waits for ``job``."""
    titles = {
        Job.State.QUEUED: _("En attente"),
        Job.State.RUNNING: _("En cours"),
        Job.State.DONE: _("Terminé"),
        Job.State.FAILED: _("Ce travail n’a pas abouti"),
        Job.State.CANCELLED: _("Travail annulé"),
    }
    title = _("Arrêt demandé") if job.is_live and job.cancel_asked else titles[Job.State(job.state)]
    return JobWords(title, job.message, _advice(job))


def _advice(job: Job) -> str:
    if job.state == Job.State.FAILED:
        return _("Rien n’est perdu. Vous pouvez le relancer ; si cela se répète, prévenez votre administrateur.")
    if job.state == Job.State.QUEUED and job.attempts:
        return _("Un incident est survenu : ce travail reprend dans un instant.")
    if job.state == Job.State.QUEUED and timezone.now() - job.run_after > PATIENCE and not workers_alive():
        return _("Aucun programme de traitement n’est en marche : demandez à votre administrateur de le démarrer.")
    return ""
