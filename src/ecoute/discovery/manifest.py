"""What the room of discoveries declares."""

from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import Manifest, MenuEntry, PersonalData

_READ = "verbatims.read"


def _draw_again() -> None:
    """After a restore: backups leave the map out, for it follows from the vectors."""
    from ecoute.discovery.actions.mapping import enqueue_map

    enqueue_map(by=None)


MANIFEST = Manifest(
    slug="discovery",
    name=_("Découvertes"),
    menu=(
        MenuEntry(
            label=_("Attentes"), url_name="discovery:expectations", icon="lightbulb", group="comprendre",
            permission=_READ, order=32,
        ),
        MenuEntry(
            label=_("Carte du corpus"), url_name="discovery:map", icon="compass", group="comprendre",
            permission=_READ, order=55,
        ),
    ),
    rebuild=(_draw_again,),
    derived_models=("discovery.CorpusMap",),
    audit_verbs=(
        ("expectations.renamed", _("Attente nommée")),
        ("expectations.set_aside", _("Mise à l’écart d’une attente")),
        ("expectations.brought_back", _("Attente remise dans la liste")),
        ("expectations.exported", _("Export des attentes")),
    ),
    audit_words=(
        ("discovery.expectationgroup", _("Attente")),
        ("groups", _("groupes")),
    ),
    personal_data=(
        PersonalData(
            model="discovery.ExpectationGroup",
            fields=("named_by", "set_aside_by"),
            purpose=_("Savoir qui a nommé ou écarté un groupe d’attentes."),
        ),
    ),
)  # fmt: skip
