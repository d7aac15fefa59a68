"""Switches, counters, audit and sweeping."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from ecoute.core import audit, counters, switches
from ecoute.core.models import AuditEntry, Job
from ecoute.core.sweeping import sweep
from tests.factories.people import make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_switch_keeps_what_was_decided_and_says_so() -> None:
    assert not switches.is_on("nouveau")
    assert switches.is_on("nouveau", default=True)

    user = make_user()
    switches.turn("nouveau", on=True, by=user)
    assert switches.is_on("nouveau")
    switches.turn("nouveau", on=False, by=user)
    assert not switches.is_on("nouveau", default=True)
    assert AuditEntry.objects.filter(verb="core.switch_turned", actor_label=str(user)).count() == 2


def test_numbers_follow_each_other() -> None:
    with transaction.atomic():
        assert list(counters.next_numbers("essai", 3)) == [1, 2, 3]
        assert list(counters.next_numbers("essai")) == [4]
    assert counters.current_number("essai") == 4
    assert counters.current_number("inconnu") == 0


@pytest.mark.django_db(transaction=True)
def test_numbers_need_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        counters.next_numbers("essai")


def test_an_entry_outlives_the_account() -> None:
    user = make_user(name="Ada")
    audit.record("essai.vu", by=user, target=user, how="bien")
    user.delete()

    entry = AuditEntry.objects.get(verb="essai.vu")
    assert (entry.actor, entry.actor_label, entry.detail) == (None, "Ada", {"how": "bien"})


def test_sweeping_deletes_what_is_too_old_only(settings) -> None:
    settings.AUDIT_DAYS, settings.JOB_DAYS = 365, 90
    now = timezone.now()
    for age in (10, 364, 366):
        entry = audit.record("essai.vu", by=None, age=age)
        AuditEntry.objects.filter(pk=entry.pk).update(at=now - timedelta(days=age))
    for age in (10, 91):
        Job.objects.create(kind="x", run_after=now, finished_at=now - timedelta(days=age), state=Job.State.DONE)
    Job.objects.create(kind="x", run_after=now - timedelta(days=500))

    assert sweep() == {"audit_entries": 1, "jobs": 1}
    assert {entry.detail["age"] for entry in AuditEntry.objects.filter(verb="essai.vu")} == {10, 364}
    assert Job.objects.count() == 2
