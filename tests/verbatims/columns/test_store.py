"""The columns of a process: fresh at each request, swapped whole, read once."""

import threading

import numpy as np
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ecoute.core.counters import current_number
from ecoute.core.models import Counter
from ecoute.directory.facade import Scope
from ecoute.verbatims.columns.loading import load
from ecoute.verbatims.columns.patching import patched
from ecoute.verbatims.columns.store import Prepared, Store
from ecoute.verbatims.facade import Filters, corpus_of
from ecoute.verbatims.models import Embedding
from ecoute.verbatims.pipelines import label_of
from ecoute.verbatims.search.meaning import embedder
from tests.factories.verbatims import Idea, make_place, make_service, make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ALL = Scope(everything=True)


def columns_of(snapshot):
    return {name: value.tolist() for name, value in vars(snapshot).items() if isinstance(value, np.ndarray)}


def test_nothing_changed_costs_one_query():
    make_verbatim()
    store = Store()
    first = store.current()

    with CaptureQueriesContext(connection) as queries:
        again = store.current()

    assert again is first
    assert len(queries) == 1


@pytest.mark.parametrize("size", [2, 12])  # with 2, most change: everything is read again; with 12, a patch
def test_patched_columns_are_those_of_a_fresh_reading(size):
    service = make_service()
    made = [make_verbatim(services=[service], ideas=[Idea(["a", "b"]), Idea(["b"])]) for _ in range(size)]
    store = Store()
    before = store.current().snapshot
    kept = columns_of(before)
    touch(made[0], withdrawn_at="2024-01-01T00:00Z")
    make_verbatim(language="oc", services=[service], ideas=[Idea(["c"])])

    after = store.current().snapshot

    assert columns_of(after) == columns_of(Store().current().snapshot)
    assert columns_of(before) == kept  # a reader that still holds the old snapshot sees it unchanged


def test_a_change_of_another_transaction_is_seen_at_the_next_request():
    one = make_verbatim(channel="web")
    assert corpus_of(ALL).select(Filters(channels=("phone",))).size == 0

    touch(one, channel="phone")

    assert corpus_of(ALL).select(Filters(channels=("phone",))).size == 1


def test_a_counter_gone_back_means_another_base():
    one = make_verbatim()
    store = Store()
    store.current()
    with transaction.atomic():
        Counter.objects.filter(name="verbatims").update(value=1)
        type(one).objects.filter(pk=one.pk).update(channel="phone", revision=1)

    assert store.current().snapshot.number == 1


def test_what_changes_while_the_columns_are_read_stands_once():
    made = [make_verbatim(channel="web") for _ in range(6)]
    old = load(current_number("verbatims"))
    touch(made[0], channel="phone")
    changed = np.array([made[0].pk])
    touch(made[1], channel="phone")  # after the list of changes was read, before the rows are

    after = patched(old, load(current_number("verbatims"), after=old.number, languages=old.languages), changed)

    assert after.ids.tolist() == [one.pk for one in made]


def test_a_verbatim_of_others_resembles_nothing_even_after_somebody_asked_for_theirs():
    mine, theirs = make_service(), make_service()
    near = np.zeros(embedder().dimensions, np.float32)
    near[0] = 1
    make_verbatim(services=[mine], vector=near)
    secret = make_verbatim(services=[theirs], vector=near)
    Embedding.objects.update(engine=label_of(embedder()))  # vectors of another encoder are compared with nothing
    like, reader = Filters(like=str(secret.uid)), Scope(service_ids=frozenset({mine.pk}))

    assert corpus_of(reader).select(like).size == 0  # asked first: nothing wrong is remembered for those who may
    assert corpus_of(ALL).select(like).size == 1
    assert corpus_of(reader).select(like).size == 0


def test_an_empty_base_counts_nothing():
    selection = corpus_of(ALL).select(Filters(themes=("x",), words="mot"))

    assert (selection.size, selection.count_by("month"), selection.theme_pairs(), selection.period()) == (
        0,
        {},
        {},
        None,
    )
    assert selection.cross("theme", "nature") == {}
    assert selection.ids() == []


def test_orders_are_stable_and_unknown_days_come_last():
    late, early, unknown, same = (
        make_verbatim(said_on=day) for day in ("2023-05-02", "2023-05-01", None, "2023-05-02")
    )
    selection = corpus_of(ALL).select()

    assert selection.ids("recent") == [same.pk, late.pk, early.pk, unknown.pk]
    assert selection.ids("oldest") == [early.pk, late.pk, same.pk, unknown.pk]
    assert selection.ids("random") == corpus_of(ALL).select().ids("random")
    assert selection.ids("recent", offset=1, limit=2) == [late.pk, early.pk]


def test_months_quarters_and_years():
    for day in ("2022-12-31", "2023-01-01", "2023-05-10"):
        make_verbatim(said_on=day)
    selection = corpus_of(ALL).select()

    assert selection.count_by("month") == {"2022-12": 1, "2023-01": 1, "2023-05": 1}
    assert selection.count_by("quarter") == {"2022-Q4": 1, "2023-Q1": 1, "2023-Q2": 1}
    assert selection.count_by("year") == {"2022": 1, "2023": 2}


def test_a_commune_counts_in_its_departement_and_region():
    region = make_place("Bretagne", level="region")
    departement = make_place("Finistère", parent=region)
    make_verbatim(place=make_place("Brest", level="commune", parent=departement))

    assert corpus_of(ALL).select().count_by("place")[region.pk] == 1
    assert corpus_of(ALL).select(Filters(places=(departement.pk,))).size == 1


def test_services_out_of_the_scope_are_neither_counted_nor_crossed():
    mine, other = make_service(), make_service()
    make_verbatim(services=[mine, other])
    selection = corpus_of(Scope(service_ids=frozenset([mine.pk]))).select()

    assert selection.count_by("service") == {mine.pk: 1}
    assert selection.cross("service", "channel") == {(mine.pk, "unknown"): 1}
    assert corpus_of(Scope(service_ids=frozenset([mine.pk]))).select(Filters(services=(other.pk,))).size == 0


def test_a_value_nobody_knows_is_refused_by_name():
    with pytest.raises(KeyError):
        corpus_of(ALL).select().count_by("mood")


@pytest.mark.django_db(transaction=True)
def test_threads_that_arrive_together_share_one_reading():
    make_verbatim()
    store, together, seen = Store(), threading.Barrier(4), []

    def read():
        together.wait()
        seen.append(store.current())
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 4
    assert len({id(prepared) for prepared in seen}) == 1


def test_what_another_reader_pushes_out_between_two_looks_is_still_given():
    prepared = Prepared(load(0))
    prepared.once(Looked("month"), lambda: 12)

    def another_reader():
        prepared.once("quarter", lambda: 4, keep=1)

    assert prepared.once(Looked("month", before_second=another_reader), lambda: 12) == 12


class Looked:
    """A key that lets somebody else act right before it is looked up for the second time."""

    def __init__(self, name, before_second=lambda: None):
        self.name, self.before_second, self.looks = name, before_second, 0

    def __hash__(self):
        self.looks += 1
        if self.looks == 2:
            self.before_second()
        return hash(self.name)

    def __eq__(self, other):
        return isinstance(other, Looked) and self.name == other.name
