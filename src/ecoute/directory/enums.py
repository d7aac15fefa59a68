"""Closed lists of the directory."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceKind(TextChoices):
    ADMINISTRATION = "administration", _("Administration")
    SERVICE = "service", _("Service public")


class PlaceLevel(TextChoices):
    COUNTRY = "country", _("Pays")
    REGION = "region", _("Région")
    DEPARTEMENT = "departement", _("Département")
    COMMUNE = "commune", _("Commune")


class Role(TextChoices):
    AGENT = "agent", _("Agent")
    HEAD = "head", _("Responsable de service")
    QUALITY_OFFICER = "quality_officer", _("Responsable qualité")
    CORRESPONDENT = "correspondent", _("Correspondant qualité")
    AUDITOR = "auditor", _("Auditeur")
    ADMINISTRATOR = "administrator", _("Administrateur")


class Permission(TextChoices):
    """What somebody may do on a branch of the tree. ``READ_RAW`` comes with no role: it is granted by name."""

    READ = "verbatims.read", _("Lire les verbatims masqués")
    READ_RAW = "verbatims.read_raw", _("Lire les textes d'origine, non masqués")
    CODE = "verbatims.code", _("Corriger le codage")
    IMPORT = "verbatims.import", _("Importer des verbatims")
    EXPORT = "verbatims.export", _("Exporter des verbatims")
    EDIT_CODEBOOK = "codebooks.edit", _("Modifier le plan de codage")
    MANAGE_DIRECTORY = "directory.manage", _("Gérer les comptes et l'annuaire")
    READ_AUDIT = "audit.read", _("Lire le journal des accès")
