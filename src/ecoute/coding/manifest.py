"""What the coding room declares."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import HomeCard, Manifest, MenuEntry, PersonalData, SelectionAction
from ecoute.directory.enums import Permission


def _home(request: HttpRequest) -> Iterator[HomeCard]:
    """A card a round that awaits the reader."""
    from ecoute.coding.queries.rounds import waiting_for

    for line in waiting_for(request.user):
        mine = line.progress_of(request.user.pk or 0)
        left = line.total - mine.done if mine and not mine.finished else 0
        yield HomeCard(
            title=gettext("Séance de codage : %(name)s") % {"name": line.round.name},
            text=ngettext("%(n)d verbatim à coder", "%(n)d verbatims à coder", left) % {"n": left}
            if left
            else gettext("Tout est lu : il reste à en discuter."),
            href=line.step.href if line.step else line.href,
            icon="list-checks",
            order=20,
        )


MANIFEST = Manifest(
    slug="coding",
    name=_("Salle de codage"),
    menu=(
        MenuEntry(
            label=_("Salle de codage"),
            url_name="coding:rounds",
            icon="list-checks",
            group="comprendre",
            permission=Permission.CODE.value,
            or_everywhere=Permission.READ.value,
            order=45,
        ),
    ),
    selection_actions=(
        SelectionAction(
            label=_("Tirer une séance de codage"),
            url_name="coding:new",
            icon="list-checks",
            permission=Permission.EDIT_CODEBOOK.value,
        ),
    ),
    home_cards=(_home,),
    audit_verbs=(
        ("coding.round_drawn", _("Séance de codage tirée au sort")),
        ("coding.coder_finished", _("Codage terminé par une personne")),
        ("coding.round_closed", _("Séance de codage close")),
        ("coding.round_reopened", _("Séance de codage rouverte")),
        ("coding.round_deleted", _("Séance de codage supprimée")),
    ),
    audit_words=(
        ("coding.round", _("Séance de codage")),
        ("frame", _("parmi")),
        ("seed", _("graine du tirage")),
        ("coders", _("codeurs")),
        ("left_out", _("laissés de côté")),
    ),
    personal_data=(
        PersonalData(
            model="coding.Round",
            fields=("created_by",),
            purpose=_("Savoir qui a tiré une séance de codage au sort."),
        ),
        PersonalData(
            model="coding.RoundCoder",
            fields=("coder", "finished_at"),
            purpose=_("Savoir qui code une séance, et ce qui lui reste à lire."),
        ),
        PersonalData(
            model="coding.Reading",
            fields=("coder", "note"),
            purpose=_("Mesurer l’accord entre codeurs et l’exactitude du codage automatique."),
        ),
        PersonalData(
            model="coding.RoundItem",
            fields=("settled_by", "note"),
            purpose=_("Savoir qui a réglé un désaccord, et pourquoi."),
        ),
    ),
)
