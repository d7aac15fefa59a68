"""Several people, or one in two tabs, at the same moment: real threads on a real database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from ecoute.coding.actions.closing import close_round
from ecoute.coding.actions.reading import finish
from ecoute.coding.errors import CodingError
from ecoute.coding.models import Reading, Round, RoundItem
from ecoute.core.models import AuditEntry

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


def at_once(*works):
    """Runs them together; gives what each returned, or the error of the room that it raised."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait()
            return work()
        except CodingError as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def test_two_tabs_of_one_coder_leave_one_answer(room):
    item = room.items(room.draw())[0]

    at_once(*[lambda theme=theme: room.say(room.anne, item, theme) for theme in (room.wait, room.welcome) * 3])

    assert Reading.objects.get().themes in ([room.wait.pk], [room.welcome.pk])


def test_two_coders_at_once_keep_their_own(room):
    item = room.items(room.draw())[0]

    at_once(
        lambda: room.say(room.anne, item, room.wait),
        lambda: room.say(room.bruno, item, room.welcome),
    )

    assert dict(Reading.objects.values_list("coder_id", "themes")) == {
        room.anne.pk: [room.wait.pk], room.bruno.pk: [room.welcome.pk],
    }  # fmt: skip


def test_the_last_two_to_finish_open_the_disagreements(room):
    round_ = room.draw()
    for item in room.items(round_):
        room.say(room.anne, item, room.wait)
        room.say(room.bruno, item, room.wait)

    at_once(lambda: finish(round_=round_, by=room.anne), lambda: finish(round_=round_, by=room.bruno))

    assert Round.objects.get().state == "discussed"


def test_closing_while_somebody_saves_measures_what_stands(room):
    """Either the answer came before the closing and counts, or it is refused: never an answer after."""
    round_ = room.draw()
    first, second, *_ = room.items(round_)
    for coder in (room.anne, room.bruno):
        room.say(coder, first, room.wait)
    room.say(room.anne, second, room.wait)

    saved, closed = at_once(
        lambda: room.say(room.bruno, second, room.wait),
        lambda: close_round(round_=round_, by=room.manager),
    )

    assert closed is None
    counted = RoundItem.objects.get(pk=second.pk).themes
    assert counted == (None if isinstance(saved, CodingError) else [room.wait.pk])
    assert Reading.objects.count() == (3 if isinstance(saved, CodingError) else 4)


def test_two_closings_at_once_close_once(room):
    round_ = room.draw()
    for coder in (room.anne, room.bruno):
        room.say(coder, room.items(round_)[0], room.wait)

    at_once(*[lambda: close_round(round_=round_, by=room.manager)] * 2)

    assert AuditEntry.objects.filter(verb="coding.round_closed").count() == 1
