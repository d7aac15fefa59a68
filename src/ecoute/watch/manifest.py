"""What the watch declares."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ecoute.core.manifest import HomeCard, Manifest, MenuEntry, PersonalData, Schedule


def _new_alerts(request: Any) -> Iterator[HomeCard]:
    """One card when something is to be looked at."""
    from ecoute.directory.facade import Permission, scope_of
    from ecoute.watch.enums import AlertState
    from ecoute.watch.rules import alerts_in

    count = alerts_in(scope_of(request.user, Permission.READ)).filter(state=AlertState.NEW, gone_at=None).count()
    if count:
        yield HomeCard(
            title=_("Alertes à examiner"), figure=str(count), text=_("Des irritants sortent de l’ordinaire."),
            href=reverse("watch:alerts"), icon="bell", order=20,
        )  # fmt: skip


MANIFEST = Manifest(
    slug="watch",
    name=_("Vigilance"),
    menu=(
        MenuEntry(
            label=_("Vigilance"), url_name="watch:alerts", icon="bell", group="comprendre",
            permission="verbatims.read", order=35,
        ),
    ),
    home_cards=(_new_alerts,),
    audit_verbs=(
        ("watch.alert_new", _("Alerte remise à examiner")),
        ("watch.alert_taken", _("Alerte prise en charge")),
        ("watch.alert_dismissed", _("Alerte écartée")),
    ),
    audit_words=(("watch.alert", _("Alerte")),),
    schedules=(
        Schedule(name="watch.look", kind="watch.look", every=timedelta(days=1)),
        Schedule(name="watch.letters", kind="watch.letters", every=timedelta(days=1)),
    ),
    personal_data=(
        PersonalData(
            model="watch.Alert", fields=("decided_by", "decided_at", "reason"),
            purpose=_("Savoir qui a examiné une alerte, quand, et pourquoi elle a été écartée."),
        ),
        PersonalData(
            model="watch.Subscription", fields=("user", "frequency"),
            purpose=_("Envoyer les alertes à qui l’a demandé."),
        ),
        PersonalData(
            model="watch.Letter", fields=("user", "sent_at"), purpose=_("Ne pas envoyer deux fois la même lettre."),
            retention=timedelta(days=365),
        ),
    ),
)  # fmt: skip
