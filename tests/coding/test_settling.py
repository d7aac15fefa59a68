"""Disagreements, settling, closing, reopening, deleting."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from ecoute.coding.actions.closing import close_round, delete_round, reopen_round
from ecoute.coding.actions.settling import settle, unsettle
from ecoute.coding.errors import CodingError, RoundClosedError
from ecoute.coding.models import Reading, Round, RoundItem
from ecoute.coding.queries.board import board_of
from ecoute.coding.queries.disputes import disputes, options_of
from ecoute.core.models import AuditEntry
from ecoute.directory.facade import Scope
from ecoute.verbatims.models import Theme, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import touch

pytestmark = pytest.mark.integration
EVERYTHING = Scope(everything=True)


@pytest.fixture
def round_(room):
    made = room.draw()
    room.both_read(made)
    return Round.objects.get()


def settled(round_):
    return [item.themes for item in RoundItem.objects.filter(round=round_)]


def test_the_board_tells_what_differs(room, round_):
    board = board_of(round_)

    assert [item.position for item in board.read_by_all] == [1, 2, 3, 4]
    assert [item.position for item in board.differing] == [3, 4]
    assert [(coder.name, coder.read, coder.finished) for coder in board.coders] == [
        ("Anne Coder", 4, True), ("Bruno Coder", 4, True),
    ]  # fmt: skip


def test_who_said_what_stands_side_by_side(room, round_):
    board = board_of(round_)

    last = disputes(board, board.differing, EVERYTHING)[1]

    assert [(mark.label, mark.given) for mark in last.marks] == [
        ("Téléphone injoignable", (True, True)), ("Clarté des courriers", (True, False)),
    ]  # fmt: skip
    assert "Verbatim" in last.words.text


def test_each_different_answer_is_offered_once(room, round_):
    board = board_of(round_)

    third, fourth = (options_of(board, item) for item in board.differing)

    assert [(option.label, option.themes) for option in third] == [
        ("Comme Anne Coder", {room.wait.pk}),
        ("Comme Bruno Coder", {room.welcome.pk}),
        ("Tous ces thèmes", {room.wait.pk, room.welcome.pk}),
    ]
    # What Anne found is already all of it, what Bruno found is already what they share.
    assert [option.key for option in fourth] == [f"coder-{room.anne.pk}", f"coder-{room.bruno.pk}"]


def test_words_out_of_the_readers_services_are_left_out(room, round_):
    board = board_of(round_)

    assert disputes(board, board.differing, Scope(service_ids=frozenset({-1}))) == []


def test_settling_says_what_who_and_why(room, round_):
    item = room.items(round_)[2]

    settle(item=item, themes=[room.wait.pk], note=" Il parle de la file. ", by=room.manager)

    kept = board_of(round_).item(3)
    assert (kept.settled, kept.settled_by, kept.note) == ({room.wait.pk}, "Maud Garance", "Il parle de la file.")


def test_a_settled_question_can_be_opened_again(room, round_):
    item = room.items(round_)[2]
    settle(item=item, themes=[], by=room.manager)

    unsettle(item=item, by=room.manager)

    assert len(board_of(round_).unsettled) == 2


def test_a_theme_nobody_knows_is_refused(room, round_):
    with pytest.raises(CodingError):
        settle(item=room.items(round_)[2], themes=[room.wait.parent_id], by=room.manager)


def test_coders_do_not_settle(room, round_):
    with pytest.raises(PermissionDenied):
        settle(item=room.items(round_)[2], themes=[], by=room.anne)


def test_a_manager_who_still_codes_does_not_settle(room):
    made = room.draw(coders=(room.anne, room.bruno, room.manager))
    item = room.items(made)[0]
    for coder in (room.anne, room.bruno, room.manager):
        room.say(coder, item, room.wait)

    with pytest.raises(PermissionDenied):
        settle(item=item, themes=[], by=room.manager)


def test_closing_waits_for_the_last_disagreement(room, round_):
    settle(item=room.items(round_)[2], themes=[room.wait.pk], by=room.manager)

    with pytest.raises(CodingError, match="désaccords"):
        close_round(round_=round_, by=room.manager)

    assert settled(round_) == [None, None, [room.wait.pk], None]


def close(room, round_):
    for item in room.items(round_)[2:]:
        settle(item=item, themes=[room.wait.pk], by=room.manager)
    close_round(round_=round_, by=room.manager)


def test_closing_settles_what_all_found_alike(room, round_):
    close(room, round_)

    assert settled(round_) == [[room.wait.pk], [], [room.wait.pk], [room.wait.pk]]
    closed = Round.objects.get()
    assert (closed.state, closed.closed_at is not None) == ("closed", True)
    assert AuditEntry.objects.get(verb="coding.round_closed").detail == {"verbatims": 4, "left_out": 0}


def test_closing_twice_changes_nothing(room, round_):
    close(room, round_)

    close_round(round_=round_, by=room.manager)

    assert AuditEntry.objects.filter(verb="coding.round_closed").count() == 1


def test_a_closed_round_is_frozen(room, round_):
    close(room, round_)

    with pytest.raises(RoundClosedError):
        settle(item=room.items(round_)[2], themes=[], by=room.manager)


def test_what_not_everybody_read_stays_out_of_the_measure(room):
    round_ = room.draw()
    first, second, *_ = room.items(round_)
    for item in (first, second):
        room.say(room.anne, item, room.wait)
    room.say(room.bruno, first, room.wait)

    close_round(round_=round_, by=room.manager)

    assert settled(round_) == [[room.wait.pk], None, None, None]
    assert AuditEntry.objects.get(verb="coding.round_closed").detail == {"verbatims": 1, "left_out": 3}


def test_a_coder_who_never_came_holds_nobody_back(room):
    absent = make_user("head")
    round_ = room.draw(coders=(room.anne, room.bruno, absent))
    for item in room.items(round_):
        room.say(room.anne, item, room.wait)
        room.say(room.bruno, item, room.wait)

    close_round(round_=round_, by=room.manager)

    assert settled(round_) == [[room.wait.pk]] * 4


def test_one_persons_coding_measures_nothing(room):
    round_ = room.draw()
    room.say(room.anne, room.items(round_)[0], room.wait)

    with pytest.raises(CodingError, match="deux personnes"):
        close_round(round_=round_, by=room.manager)


def test_a_withdrawn_verbatim_is_left_out(room, round_):
    touch(room.items(round_)[3].verbatim, withdrawn_at=timezone.now())
    settle(item=room.items(round_)[2], themes=[room.wait.pk], by=room.manager)

    close_round(round_=round_, by=room.manager)

    board = board_of(Round.objects.get())
    assert (len(board.items), board.lost) == (3, 1)
    assert AuditEntry.objects.get(verb="coding.round_closed").detail == {"verbatims": 3, "left_out": 1}


def test_a_theme_merged_since_counts_as_the_other(room, round_):
    Theme.objects.filter(pk=room.welcome.pk).update(merged_into=room.wait, retired_at=timezone.now())

    board = board_of(round_)

    assert [item.position for item in board.differing] == [4]


def test_reopening_goes_back_to_disagreements_and_keeps_verbatims_apart(room, round_):
    close(room, round_)

    reopen_round(round_=round_, by=room.manager)

    assert (Round.objects.get().state, Round.objects.get().closed_at) == ("discussed", None)
    assert Verbatim.objects.filter(kept_for_measuring=True).count() == 4
    with pytest.raises(RoundClosedError):
        reopen_round(round_=round_, by=room.manager)


def test_deleting_gives_back_only_what_no_other_round_keeps(room, round_):
    other = room.draw(seed=8, size=10)
    mine = set(round_.items.values_list("verbatim_id", flat=True))
    others = set(other.items.values_list("verbatim_id", flat=True))
    assert mine & others
    assert mine - others

    delete_round(round_=round_, by=room.manager)

    assert set(Verbatim.objects.filter(kept_for_measuring=True).values_list("pk", flat=True)) == others
    assert Reading.objects.count() == 0
    assert AuditEntry.objects.filter(verb="coding.round_deleted").count() == 1


@pytest.mark.parametrize("action", [close_round, reopen_round, delete_round])
def test_only_managers_conduct(room, round_, action):
    for user in (room.anne, make_user("auditor")):
        with pytest.raises(PermissionDenied):
            action(round_=round_, by=user)

    assert Round.objects.get().state == "discussed"
