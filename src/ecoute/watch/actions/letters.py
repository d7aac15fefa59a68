"""Digests: letters that say which alerts are new. No verbatim travels in them, only figures and links."""

from __future__ import annotations

import logging
import secrets
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ecoute.core.jobs.meter import Meter
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.facade import active_codebook
from ecoute.watch.enums import AlertState, Frequency
from ecoute.watch.models import Alert, Letter, Subscription
from ecoute.watch.queries.telling import AlertLine, told
from ecoute.watch.rules import alerts_in

logger = logging.getLogger(__name__)
MOST = 12  # alerts in one letter; the page has the others


@transaction.atomic
def subscribe(*, user: Any, frequency: str) -> Subscription:
    """Sets how often ``user`` receives the digest (a ``Frequency``; ValueError otherwise)."""
    wanted = Frequency(frequency)
    found, made = Subscription.objects.get_or_create(
        user=user,
        defaults={"frequency": wanted, "since": timezone.now(), "key": secrets.token_urlsafe(32)},
    )
    if not made and found.frequency != wanted:
        if found.frequency == Frequency.NEVER:
            found.since = timezone.now()
        found.frequency = wanted
        found.save(update_fields=["frequency", "since"])
    return found


def unsubscribe(*, key: str) -> bool:
    """Ends the subscription of that key; False when there is none."""
    return bool(Subscription.objects.filter(key=key).update(frequency=Frequency.NEVER))


def send_digests(progress: Meter) -> dict[str, Any]:
    """Sends what is due today: at most one letter a person and period, none when there is nothing new. A letter that
    the mail server refused is tried again at the next run."""
    due = list(Subscription.objects.exclude(frequency=Frequency.NEVER).filter(user__is_active=True).order_by("user_id"))
    progress.total(len(due))
    sent = refused = 0
    for subscription in due:
        outcome = _send_one(subscription)
        sent, refused = sent + (outcome is True), refused + (outcome is False)
        progress.advance()
    return {"due": len(due), "sent": sent, "refused": refused}


def fresh_lines(subscription: Subscription) -> list[AlertLine]:
    """New alerts that the person may see, in the person's language when called under it."""
    scope = scope_of(subscription.user, Permission.READ)
    alerts = alerts_in(scope).filter(raised_at__gt=subscription.since, gone_at=None).exclude(state=AlertState.DISMISSED)
    book = active_codebook()
    return [told(alert, book) for alert in alerts.order_by("p", "pk")]


def _send_one(subscription: Subscription) -> bool | None:
    """True: sent; False: refused; None: nothing to send."""
    period = _period(Frequency(subscription.frequency), timezone.localdate())
    if Letter.objects.filter(user=subscription.user, period=period).exclude(sent_at=None).exists():
        return None
    now = timezone.now()  # before the alerts are read: one raised while the letter leaves is for the next one
    with translation.override(getattr(subscription.user, "language", "") or settings.LANGUAGE_CODE):
        lines = fresh_lines(subscription)
        if not lines:
            return None
        letter, _made = Letter.objects.get_or_create(user=subscription.user, period=period)
        message = _message(subscription, lines)
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("digest %s could not be sent", letter.pk)
        return False
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(sent_at=now, alerts=len(lines))
        Subscription.objects.filter(pk=subscription.pk).update(since=now)
    return True


def _message(subscription: Subscription, lines: list[AlertLine]) -> EmailMessage:
    end = f"{settings.SITE_ADDRESS}{reverse('watch:unsubscribe', args=[subscription.key])}"
    context = {
        "lines": [(line, _address(line.alert)) for line in lines[:MOST]],
        "more": max(0, len(lines) - MOST),
        "page": f"{settings.SITE_ADDRESS}{reverse('watch:alerts')}",
        "end": end,
        "site_name": settings.SITE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
    }
    subject = _("{site} : {n} à examiner").format(site=settings.SITE_NAME, n=_alerts(len(lines)))
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    body = render_to_string("watch/letters/digest.txt", context)
    return EmailMessage(subject, body, None, [subscription.user.email], headers=headers)


def _alerts(count: int) -> str:
    return translation.ngettext("{n} alerte", "{n} alertes", count).format(n=count)


def _address(alert: Alert) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('watch:alert', args=[alert.pk])}"


def _period(frequency: Frequency, day: date) -> str:
    if frequency is Frequency.WEEKLY:
        year, week, _day = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day.year}-{day.month:02}"
