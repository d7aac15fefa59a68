"""Coding blind: what is saved, what is refused, what two tabs do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ecoute.coding.actions.closing import close_round
from ecoute.coding.actions.reading import finish
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.models import Reading, Round
from ecoute.coding.queries.desk import desk_of
from ecoute.directory.models import Membership
from tests.factories.people import make_user
from tests.factories.verbatims import make_theme, touch

pytestmark = pytest.mark.integration


@pytest.fixture
def round_(room):
    return room.draw()


def test_the_last_saved_wins_and_there_is_only_one(room, round_):
    item = room.items(round_)[0]
    room.say(room.anne, item, room.wait)

    room.say(room.anne, item, room.welcome, room.phone, unsure=True, note=" À voir. ")

    reading = Reading.objects.get()
    assert (reading.themes, reading.unsure, reading.note) == (
        sorted([room.welcome.pk, room.phone.pk]), True, "À voir.",
    )  # fmt: skip


def test_none_of_the_themes_is_an_answer(room, round_):
    room.say(room.anne, room.items(round_)[0])

    assert Reading.objects.get().themes == []
    assert desk_of(round_, room.anne).done == 1


def test_coders_read_in_the_same_order_without_seeing_each_other(room, round_):
    room.say(room.anne, room.items(round_)[0], room.wait)

    anne, bruno = desk_of(round_, room.anne), desk_of(round_, room.bruno)

    assert [place.verbatim_id for place in anne.places] == [place.verbatim_id for place in bruno.places]
    assert (anne.done, bruno.done) == (1, 0)
    assert all(place.mine is None for place in bruno.places)


def test_the_desk_goes_on_where_one_left(room, round_):
    items = room.items(round_)
    room.say(room.anne, items[0], room.wait)
    room.say(room.anne, items[2], room.wait)

    desk = desk_of(round_, room.anne)

    assert desk.waiting().position == 2
    assert desk.waiting(after=2).position == 4
    assert (desk.before(2).position, desk.before(1)) == (1, None)


def test_a_theme_that_holds_others_or_is_of_another_codebook_is_refused(room, round_):
    item = room.items(round_)[0]
    stranger = make_theme("ailleurs", codebook=type(room.wait.codebook).objects.create(slug="autre", name_fr="Autre"))

    for theme in (room.wait.parent, stranger):
        with pytest.raises(CodingError, match="plus au plan de codage"):
            room.say(room.anne, item, theme)


def test_somebody_who_is_no_coder_of_the_round_is_refused(room, round_):
    with pytest.raises(PermissionDenied):
        room.say(room.manager, room.items(round_)[0], room.wait)


def test_a_withdrawn_verbatim_is_passed_and_counted(room, round_):
    gone = room.items(round_)[1]
    touch(gone.verbatim, withdrawn_at=timezone.now())

    desk = desk_of(round_, room.anne)

    assert (desk.total, desk.lost, [place.number for place in desk.places]) == (3, 1, [1, 2, 3])
    with pytest.raises(PermissionDenied):
        room.say(room.anne, gone, room.wait)


def test_a_verbatim_that_leaves_the_services_of_a_coder_is_passed(room):
    local = make_user("head", room.state)
    round_ = room.draw(size=16, coders=(room.anne, local))
    Membership.objects.filter(user=local).update(service=room.taxes)

    desk = desk_of(round_, local)

    assert (desk.total, desk.lost) == (12, 4)
    with pytest.raises(PermissionDenied):
        room.say(local, next(i for i in room.items(round_) if i.verbatim_id == room.verbatims[13].pk), room.wait)


def test_finishing_waits_for_the_last_verbatim(room, round_):
    with pytest.raises(CodingError, match="Il reste"):
        finish(round_=round_, by=room.anne)


def test_once_finished_the_answers_no_longer_change(room, round_):
    room.read(round_, room.anne, room.wait, None, None, None)

    with pytest.raises(RoundClosedError):
        room.say(room.anne, room.items(round_)[0], room.welcome)

    assert Round.objects.get().state == "open"
    assert Reading.objects.first().themes == [room.wait.pk]


def test_when_all_have_finished_disagreements_open(room, round_):
    room.both_read(round_)

    assert Round.objects.get().state == "discussed"


def test_closing_while_somebody_codes_tells_them_and_keeps_what_was_saved(room, round_):
    for item in room.items(round_)[:2]:
        room.say(room.anne, item, room.wait)
        room.say(room.bruno, item, room.wait)
    close_round(round_=round_, by=room.manager)

    with pytest.raises(RoundClosedError):
        room.say(room.anne, room.items(round_)[2], room.wait)

    assert Reading.objects.count() == 4
