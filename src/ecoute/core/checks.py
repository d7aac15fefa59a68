"""What a production set-up lacks (``ecoute check --deploy``): each message says what to do."""

import os
import stat
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from ecoute.core.jobs.worker import workers_alive
from ecoute.core.models import AuditEntry

NETWORK_DISKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "glusterfs", "ceph", "lustre", "afs"}
BACKUP_AGE = timedelta(days=2)


@register(Tags.security, deploy=True)
def check_web(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Debug mode, HTTPS, host names, demonstration."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(
            Error(
                _("Le mode de mise au point montre l’intérieur du programme."),
                _("Retirez ECOUTE_DEBUG."),
                id="ecoute.E001",
            )
        )
    if not settings.SECURE_SSL_REDIRECT:
        hint = _(
            "Servez Écoute en HTTPS, puis mettez ECOUTE_HTTPS=1 (et ECOUTE_BEHIND_PROXY=1 derrière un serveur frontal)."
        )
        found.append(Error(_("Les mots de passe voyagent en clair : HTTPS n’est pas exigé."), hint, id="ecoute.E002"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                _("N’importe quel nom de site est accepté."), _("Nommez le vôtre dans ECOUTE_HOSTS."), id="ecoute.E003"
            )
        )
    elif set(settings.ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
        hint = _("Mettez le nom de votre site dans ECOUTE_HOSTS (par exemple ecoute.example.fr).")
        found.append(Warning(_("Seule cette machine peut ouvrir Écoute."), hint, id="ecoute.W001"))
    if settings.DEMO:
        found.append(
            Error(
                _("C’est une démonstration : ses comptes ont un mot de passe public."),
                _("Retirez ECOUTE_DEMO et partez d’une installation neuve : ecoute init."),
                id="ecoute.E004",
            )
        )
    return found


@register(Tags.security, deploy=True)
def check_letters(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Whether invitations and password resets can leave."""
    if settings.EMAIL_HOST:
        return []
    hint = _("Indiquez votre serveur de courrier (ECOUTE_EMAIL_HOST). Jusque-là, les lettres sont dans var/outbox.")
    return [Warning(_("Les invitations et les mots de passe oubliés ne partent pas."), hint, id="ecoute.W002")]


@register(Tags.security, deploy=True)
def check_secrets(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Who can read the keys, the database and the private files."""
    found: list[CheckMessage] = []
    for path in (Path(settings.VAR) / "secrets.json", *(Path(settings.VAR) / "backups").glob("*.secrets.json")):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            hint = _("Fermez-le : chmod 600 %(path)s") % {"path": path}
            found.append(Error(_("D’autres comptes de la machine peuvent lire les clés."), hint, id="ecoute.E005"))
    if stat.S_IMODE(Path(settings.VAR).stat().st_mode) & 0o007:
        hint = _("Fermez-le : chmod 750 %(path)s") % {"path": settings.VAR}
        found.append(
            Warning(_("Tous les comptes de la machine peuvent lire le dossier des données."), hint, id="ecoute.W003")
        )
    return found


@register(Tags.database, deploy=True)
def check_database_place(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """SQLite must be on a disk of this machine: locks of network disks corrupt it (sqlite.org/howtocorrupt.html §2)."""
    if connection.vendor != "sqlite":
        return []
    kind = disk_kind(Path(str(connection.settings_dict["NAME"])))
    if kind not in NETWORK_DISKS:
        return []
    hint = _("Mettez ECOUTE_VAR sur un disque de cette machine, ou passez à PostgreSQL (ECOUTE_DATABASE_URL).")
    return [
        Error(
            _("La base SQLite est sur un disque réseau (%(kind)s), qui peut l’abîmer.") % {"kind": kind},
            hint,
            id="ecoute.E006",
        )
    ]


def disk_kind(path: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system that holds ``path``; empty where the machine does not say."""
    if not mounts.exists():
        return ""
    lines = [line.split()[1:3] for line in mounts.read_text().splitlines()]
    whole = os.fspath(path.resolve())
    held = [(point, kind) for point, kind in lines if whole == point or whole.startswith(point.rstrip("/") + "/")]
    return max(held, key=lambda pair: len(pair[0]), default=("", ""))[1]


@register(Tags.database, deploy=True)
def check_running(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Backups recent enough, and somebody to do the work."""
    try:
        return [*_check_backups(), *_check_workers()]
    except DatabaseError:
        hint = _("Lancez « ecoute init » pour une première installation, « ecoute upgrade » sinon.")
        return [Error(_("La base de données n’a pas les tables de cette version."), hint, id="ecoute.E007")]


def _check_backups() -> list[CheckMessage]:
    last: datetime | None = AuditEntry.objects.filter(verb="core.backed_up").values_list("at", flat=True).first()
    if last and timezone.now() - last < BACKUP_AGE:
        return []
    words = (
        _("La dernière sauvegarde date du %(date)s.") % {"date": f"{timezone.localtime(last):%d/%m/%Y}"}
        if last
        else _("Aucune sauvegarde n’a été faite.")
    )
    return [
        Warning(
            words, _("Faites lancer « ecoute backup » chaque nuit, et gardez les secrets à part."), id="ecoute.W004"
        )
    ]


def _check_workers() -> list[CheckMessage]:
    if workers_alive():
        return []
    hint = _("Lancez « ecoute serve », ou « ecoute worker » à part.")
    return [
        Info(_("Aucun programme de traitement n’est en marche : les imports attendraient."), hint, id="ecoute.I001")
    ]
