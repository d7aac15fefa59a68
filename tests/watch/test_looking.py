"""Looking at every series, and what is written."""

from datetime import date

import pytest

from ecoute.core.jobs import enqueue, run_all
from ecoute.verbatims.models import Verbatim
from ecoute.watch.actions.looking import look
from ecoute.watch.models import Alert
from tests.factories.verbatims import touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class Silent:
    def total(self, count):
        pass

    def advance(self, count=1):
        pass

    def say(self, text):
        pass


def test_the_theme_that_left_its_range_rings_for_everything_and_for_each_service_above(world):
    found = look(Silent())

    alerts = {(a.theme, a.service_id): a for a in Alert.objects.all()}
    assert set(alerts) == {("attente", None), ("attente", world.taxes.pk), ("attente", world.state.pk)}
    one = alerts["attente", world.taxes.pk]
    assert (one.period, one.count, one.base) == ("2024-08", 24, 36)
    assert (one.earlier_count, one.earlier_base, one.earlier_since) == (42, 252, "2024-01")
    assert one.rises
    assert one.low > 0.3
    assert one.family == found["series"]
    assert found["raised"] == 3


def test_looking_again_writes_nothing_new_and_keeps_what_people_decided(world):
    look(Silent())
    Alert.objects.update(state="taken")

    assert look(Silent())["raised"] == 0
    assert set(Alert.objects.values_list("state", flat=True)) == {"taken"}


def test_an_alert_that_is_no_longer_found_is_marked_gone_and_comes_back_when_found_again(world):
    look(Silent())
    complaints = list(Verbatim.objects.filter(said_on__month=8, segments__codes__theme__slug="attente")[:20])
    for verbatim in complaints:
        verbatim.segments.update(nature="fact")
        touch(verbatim)

    assert look(Silent())["gone"] == 3
    for verbatim in complaints:
        verbatim.segments.update(nature="irritant")
        touch(verbatim)
    look(Silent())
    assert Alert.objects.filter(gone_at=None).count() == 3


def test_an_alert_of_a_former_period_is_history_even_when_nothing_rings_now(world):
    look(Silent())
    for number in range(36):
        last = world.say(9, number, waits=number % 6 == 0)
    touch(last, said_on=date(2024, 9, 30))

    found = look(Silent())

    assert (found["ringing"], found["gone"]) == (0, 0)
    assert set(Alert.objects.values_list("period", "gone_at")) == {("2024-08", None)}


def test_a_new_source_does_not_ring(world):
    """Other people, asked otherwise: their share is not compared with those of before."""
    from tests.factories.verbatims import make_source

    other = make_source("autre-formulaire")
    for verbatim in Verbatim.objects.filter(said_on__month=8):
        touch(verbatim, source=other)

    assert look(Silent())["ringing"] == 0


def test_the_job_runs(world):
    job = enqueue("watch.look", by=None)
    run_all()

    job.refresh_from_db()
    assert job.result["raised"] == 3
