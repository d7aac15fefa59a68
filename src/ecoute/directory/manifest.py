"""What the directory declares: its pages, its personal data, what it prepares at the first start."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import HomeCard, Manifest, MenuEntry, PersonalData
from ecoute.directory.enums import Permission


def _home(request: HttpRequest) -> Iterator[HomeCard]:
    from ecoute.directory.queries.access import sleeping_permissions

    if sleeping_permissions(request.user):
        yield HomeCard(
            title=gettext("Votre second facteur manque"),
            text=gettext("Certains de vos droits attendent que vous l’installiez. Cela prend deux minutes."),
            href=reverse("directory:second_factor"),
            icon="shield",
            order=1,
        )


def _load_places(*, by: Any) -> str:
    from ecoute.directory.actions.places import load_places

    changed = load_places()
    return gettext("%(n)d lieux chargés ou mis à jour.") % {"n": changed} if changed else ""


MANIFEST = Manifest(
    slug="directory",
    name=_("Annuaire et comptes"),
    menu=(
        MenuEntry(
            label=_("Comptes"),
            url_name="directory:people",
            icon="users",
            group="administration",
            permission=Permission.MANAGE_DIRECTORY.value,
            order=10,
        ),
        MenuEntry(
            label=_("Services"),
            url_name="directory:services",
            icon="building-2",
            group="administration",
            permission=Permission.MANAGE_DIRECTORY.value,
            order=20,
        ),
    ),
    permissions=tuple((permission.value, permission.label) for permission in Permission),
    audit_words=(
        ("directory.user", _("Compte")),
        ("directory.service", _("Service")),
        ("directory.membership", _("Rôle")),
        ("directory.invitation", _("Invitation")),
        ("role", _("rôle")),
        ("right", _("droit")),
        ("service", _("service")),
        ("name", _("nom")),
        ("former", _("ancien nom")),
        ("under", _("sous le service")),
        ("gone", _("service réuni")),
        ("written", _("écrit")),
        ("made", _("créés")),
        ("changed", _("modifiés")),
    ),
    audit_verbs=(
        ("directory.account_opened", _("Compte ouvert")),
        ("directory.account_closed", _("Compte fermé")),
        ("directory.account_reopened", _("Compte rouvert")),
        ("directory.role_given", _("Rôle donné")),
        ("directory.role_taken", _("Rôle retiré")),
        ("directory.right_granted", _("Droit donné")),
        ("directory.right_revoked", _("Droit retiré")),
        ("directory.invited", _("Invitation envoyée")),
        ("directory.invitation_resent", _("Invitation renvoyée")),
        ("directory.invitation_revoked", _("Invitation annulée")),
        ("directory.invitation_accepted", _("Invitation acceptée")),
        ("directory.profile_changed", _("Profil modifié")),
        ("directory.second_factor_changed", _("Second facteur modifié")),
        ("directory.second_factor_removed", _("Second facteur retiré par un administrateur")),
        ("directory.password_changed", _("Mot de passe modifié")),
        ("directory.service_created", _("Service créé")),
        ("directory.service_changed", _("Service modifié")),
        ("directory.service_moved", _("Service déplacé")),
        ("directory.service_closed", _("Service fermé")),
        ("directory.service_reopened", _("Service rouvert")),
        ("directory.services_merged", _("Services réunis")),
        ("directory.alias_learned", _("Écriture d’un service apprise")),
        ("directory.alias_forgotten", _("Écriture d’un service oubliée")),
        ("directory.tree_imported", _("Annuaire importé")),
    ),
    personal_data=(
        PersonalData(
            model="directory.User",
            fields=("email", "name", "language", "last_login"),
            purpose=_("Reconnaître les agents qui se servent d’Écoute"),
        ),
        PersonalData(
            model="directory.Grant",
            fields=("reason", "granted_by"),
            purpose=_("Savoir pourquoi un droit a été donné, et par qui"),
        ),
        PersonalData(
            model="directory.Invitation",
            fields=("email", "invited_by", "accepted_by"),
            purpose=_("Inviter les agents à ouvrir un compte"),
        ),
    ),
    home_cards=(_home,),
    setup=(_load_places,),
)
