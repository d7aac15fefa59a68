"""What the indicators declare to the rest of the house."""

from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest, MenuEntry, PersonalData

_READ = "verbatims.read"

MANIFEST = Manifest(
    slug="indicators",
    name=_("Indicateurs"),
    audit_verbs=(("indicators.report_frozen", _("Rapport figé")),),
    audit_words=(
        ("indicators.frozenreport", _("Rapport")),
        ("checksum", _("empreinte")),
    ),
    menu=(
        MenuEntry(
            label=_("Tableau de bord"), url_name="indicators:dashboard", icon="layout-dashboard",
            group="comprendre", permission=_READ, order=10,
        ),
        MenuEntry(
            label=_("Thèmes"), url_name="indicators:themes", icon="tags", group="comprendre", permission=_READ, order=30
        ),
        MenuEntry(
            label=_("Comparaison"), url_name="indicators:services", icon="scale", group="capitaliser",
            permission=_READ, order=10,
        ),
        MenuEntry(
            label=_("Rapports"), url_name="indicators:reports", icon="file-text", group="capitaliser",
            permission=_READ, order=20,
        ),
    ),
    personal_data=(
        PersonalData(
            model="indicators.FrozenReport",
            fields=("created_by",),
            purpose=_("Savoir qui a figé les chiffres d'un rapport."),
        ),
    ),
)  # fmt: skip
