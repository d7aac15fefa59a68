"""What core itself declares: its personal data, and the sweeping of what is too old."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecoute.core.access import READ_AUDIT
from ecoute.core.manifest import Manifest, MenuEntry, PersonalData, Schedule

MANIFEST = Manifest(
    slug="core",
    name=_("Socle"),
    menu=(
        MenuEntry(
            label=_("Journal"),
            url_name="core:journal",
            icon="clipboard-list",
            group="administration",
            permission=READ_AUDIT,
            everywhere=True,
            order=80,
        ),
    ),
    audit_words=(
        ("files", _("fichiers")),
        ("secrets", _("avec les clés")),
        ("version", _("version")),
        ("made_at", _("sauvegarde du")),
        ("entries", _("lignes")),
    ),
    audit_verbs=(
        ("core.journal_exported", _("Journal téléchargé")),
        ("core.switch_turned", _("Fonction activée ou désactivée")),
        ("core.job_cancelled", _("Travail arrêté")),
        ("core.installed", _("Installation")),
        ("core.backed_up", _("Sauvegarde")),
        ("core.restored", _("Sauvegarde rétablie")),
        ("core.upgraded", _("Mise à niveau")),
    ),
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
