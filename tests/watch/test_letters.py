"""Digests: to whom, when, with what in them."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from ecoute.watch.actions.letters import fresh_lines, send_digests, subscribe
from ecoute.watch.actions.looking import look
from ecoute.watch.models import Alert, Letter, Subscription
from tests.watch.test_looking import Silent

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_letter_says_what_is_new_within_the_scope_of_its_reader_once(world):
    head = world.head()
    subscribe(user=head, frequency="weekly")
    look(Silent())

    assert send_digests(Silent()) == {"due": 1, "sent": 1, "refused": 0}
    assert send_digests(Silent())["sent"] == 0
    letter = mail.outbox[0]
    assert letter.to == [head.email]
    assert letter.subject == "Écoute : 1 alerte à examiner"
    assert "24 verbatims sur 36" in letter.body
    assert "Tous les services" not in letter.body
    assert "Mois 8" not in letter.body  # no words of anybody travel by mail
    assert "http://127.0.0.1:8000/vigilance/" in letter.body


def test_an_alert_raised_while_the_letter_leaves_is_for_the_next_letter(world, monkeypatch):
    subscription = subscribe(user=world.officer(), frequency="weekly")
    look(Silent())
    late = Alert.objects.latest("pk")
    Alert.objects.filter(pk=late.pk).delete()
    sent = EmailMessage.send

    def sending(message, *args, **kwargs):
        late.pk, late.raised_at = None, None
        late.save()
        return sent(message, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", sending)
    send_digests(Silent())

    subscription.refresh_from_db()
    assert [line.alert.pk for line in fresh_lines(subscription)] == [late.pk]


def test_nothing_new_sends_nothing(world):
    look(Silent())
    subscribe(user=world.officer(), frequency="monthly")

    assert send_digests(Silent())["sent"] == 0
    assert not Letter.objects.exists()


def test_nobody_receives_without_asking(world):
    world.officer()
    look(Silent())

    assert send_digests(Silent()) == {"due": 0, "sent": 0, "refused": 0}


def test_a_closed_account_receives_nothing(world):
    officer = world.officer()
    subscribe(user=officer, frequency="weekly")
    look(Silent())
    officer.is_active = False
    officer.save()

    assert send_digests(Silent())["sent"] == 0


def test_a_refused_letter_is_tried_again(world, settings):
    subscribe(user=world.officer(), frequency="weekly")
    look(Silent())
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there

    assert send_digests(Silent())["refused"] == 1
    settings.EMAIL_BACKEND = working
    assert send_digests(Silent())["sent"] == 1


def test_the_link_in_the_letter_ends_it_without_signing_in(client, world):
    officer = world.officer()
    subscribe(user=officer, frequency="weekly")
    look(Silent())
    send_digests(Silent())
    end = re.search(r"http://127.0.0.1:8000(\S+/fin/\S+/)", mail.outbox[0].body)[1]

    assert "Voulez-vous" in client.get(end).content.decode()
    assert Subscription.objects.get().frequency == "weekly"
    assert "C’est fait" in client.post(end).content.decode()
    assert Subscription.objects.get().frequency == "never"
    assert client.get("/vigilance/abonnement/fin/inconnu/").status_code == 404


def test_one_chooses_for_oneself(client, world):
    officer = world.officer()
    client.force_login(officer)

    client.post(reverse("watch:subscription"), {"frequency": "monthly"})

    assert Subscription.objects.get().frequency == "monthly"
    assert client.post(reverse("watch:subscription"), {"frequency": "hourly"}).status_code == 404


def test_subscribing_again_does_not_bring_old_alerts(world):
    officer = world.officer()
    subscribe(user=officer, frequency="weekly")
    subscribe(user=officer, frequency="never")
    look(Silent())
    Subscription.objects.update(since=timezone.now() - timedelta(days=9))
    subscribe(user=officer, frequency="weekly")

    assert send_digests(Silent())["sent"] == 0
