"""What core itself declares: its personal data, and the sweeping of what is too old."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest, PersonalData, Schedule

MANIFEST = Manifest(
    slug="core",
    name=_("Socle"),
    personal_data=(
        PersonalData(
            model="core.AuditEntry",
            fields=("actor", "actor_label"),
            purpose=_("Savoir qui a fait ou lu quoi, quand la loi ou la confiance l’exige"),
            retention=timedelta(days=settings.AUDIT_DAYS),
        ),
        PersonalData(
            model="core.Job",
            fields=("created_by",),
            purpose=_("Montrer à chacun l’avancement des travaux qu’il a lancés"),
            retention=timedelta(days=settings.JOB_DAYS),
        ),
    ),
    schedules=(Schedule(name="core.sweep", kind="core.sweep", every=timedelta(days=1)),),
)
