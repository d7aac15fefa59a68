"""Drawing a round: what chance gives, what is refused, what is kept apart."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from ecoute.coding.actions.draw import sample
from ecoute.coding.errors import CodingError
from ecoute.coding.models import Round
from ecoute.coding.queries.frame import precision
from ecoute.core.models import AuditEntry
from ecoute.verbatims.models import Codebook, Verbatim
from tests.factories.people import make_user
from tests.factories.verbatims import make_verbatim

pytestmark = pytest.mark.integration


def drawn_ids(round_):
    return list(round_.items.order_by("position").values_list("verbatim_id", flat=True))


def kept():
    return set(Verbatim.objects.filter(kept_for_measuring=True).values_list("pk", flat=True))


def test_the_same_seed_draws_the_same_verbatims_in_the_same_order(room):
    first, second = room.draw(seed=11), room.draw(seed=11)

    assert drawn_ids(first) == drawn_ids(second)
    assert drawn_ids(first) == sample(room.frame().ids, 4, 11)
    assert drawn_ids(room.draw(seed=12)) != drawn_ids(first)


def test_it_draws_without_replacement_and_gives_each_the_same_chance():
    counts = Counter(pk for seed in range(3000) for pk in sample(range(10), 3, seed))

    assert all(len(set(sample(range(10), 3, seed))) == 3 for seed in range(50))
    assert min(counts.values()) > 800  # 900 expected, standard deviation 25
    assert max(counts.values()) < 1000


def test_a_seed_of_its_own_is_kept_when_none_is_given(room):
    drawn = room.draw(seed=None)

    assert drawn_ids(drawn) == sample(room.frame().ids, 4, drawn.seed)


def test_verbatims_drawn_to_measure_are_kept_apart_those_of_practice_are_not(room):
    practice = room.draw(purpose="practice")
    assert kept() == set()

    measuring = room.draw(size=6)

    assert kept() == set(drawn_ids(measuring))
    assert practice.purpose == "practice"


def test_the_last_verbatim_that_could_be_drawn_is_remembered(room):
    drawn = room.draw(frame=room.frame(services=(room.taxes.pk,)))
    make_verbatim("Plus tard.", services=[room.taxes])

    assert Round.objects.get(pk=drawn.pk).last_verbatim == room.verbatims[11].pk


def test_what_was_drawn_from_is_remembered_and_written_down(room):
    drawn = room.draw(size=3, frame=room.frame(services=(room.customs.pk,)), guidance="Lire tout.")

    assert (drawn.query, drawn.frame, drawn.guidance) == (f"service={room.customs.pk}", 4, "Lire tout.")
    assert set(drawn_ids(drawn)) <= {verbatim.pk for verbatim in room.verbatims[12:]}
    entry = AuditEntry.objects.get(verb="coding.round_drawn")
    assert entry.detail == {"verbatims": 3, "frame": 4, "seed": 7, "coders": 2}
    assert (entry.target_id, entry.actor_id) == (str(drawn.pk), room.manager.pk)


def test_near_duplicates_are_drawn_like_the_others(room):
    twin = make_verbatim("Encore.", services=[room.taxes], duplicate_of=room.verbatims[0])

    drawn = room.draw(size=17)

    assert twin.pk in drawn_ids(drawn)


@pytest.mark.parametrize(("size", "words"), [(17, "Il n’y a que 16 verbatims"), (0, "entre 1 et")])
def test_a_sample_that_cannot_be_is_refused_with_what_to_do(room, size, words):
    with pytest.raises(CodingError, match=words) as refused:
        room.draw(size=size)

    assert refused.value.field == "size"
    assert (Round.objects.count(), kept()) == (0, set())


def test_an_empty_frame_is_refused(room):
    with pytest.raises(CodingError, match="Aucun verbatim ne répond"):
        room.draw(size=1, frame=room.frame(channels=("phone",)))


def test_one_coder_is_not_enough_even_named_twice(room):
    with pytest.raises(CodingError, match="au moins deux personnes"):
        room.draw(coders=(room.anne, room.anne))


def test_a_coder_must_code_the_whole_frame(room):
    local = make_user("head", room.taxes, name="Claire Locale")

    with pytest.raises(CodingError, match="ne peut pas coder tous"):
        room.draw(coders=(room.anne, local))

    assert local.pk in {holder.id for holder in room.frame(services=(room.taxes.pk,)).coders}
    assert local.pk not in {holder.id for holder in room.frame().coders}
    assert room.draw(coders=(room.anne, local), frame=room.frame(services=(room.taxes.pk,))).coders.count() == 2


@pytest.mark.parametrize("role", ["agent", "head", "auditor", "correspondent"])
def test_only_managers_draw(room, role):
    with pytest.raises(PermissionDenied):
        room.draw(by=make_user(role))


def test_without_a_codebook_nothing_is_drawn(room):
    Codebook.objects.update(is_active=False)

    with pytest.raises(CodingError, match="plan de codage"):
        room.draw()


def test_the_precision_promised_is_the_margin_of_one_half():
    assert round(precision(200, 10**6).margin, 3) == 0.069
    assert precision(200, 250).margin < 0.032  # most of the frame is read
    assert precision(250, 250).margin == 0
