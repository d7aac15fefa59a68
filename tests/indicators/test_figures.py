"""Figures computed by hand, the rule of the arrows, and the honest order."""

from datetime import date

import pytest

from ecoute.indicators.enums import Grain
from ecoute.indicators.queries.changes import changes_of, compare_all
from ecoute.indicators.queries.comparison import compare_groups
from ecoute.indicators.queries.groups import Group, service_groups
from ecoute.indicators.queries.periods import Span
from ecoute.indicators.queries.ranking import ranking
from ecoute.indicators.queries.records import checksum, differences, from_plain, to_plain
from ecoute.indicators.queries.satisfaction import satisfaction_of
from ecoute.indicators.queries.series import series_of, source_breaks
from ecoute.indicators.queries.theme_tree import ThemeTree
from ecoute.indicators.rules import Disclosure
from ecoute.methods.statistics import Direction, Reason, proportion
from ecoute.verbatims.facade import ThemeNode

pytestmark = pytest.mark.unit

ALL = Disclosure(1)
SPANS = (Span(date(2023, 1, 1), date(2023, 12, 31)), Span(date(2022, 1, 1), date(2022, 12, 31)))
TREE = ThemeTree((
    ThemeNode("acces", "Accès"),
    ThemeNode("telephone", "Téléphone", "acces", 1),
    ThemeNode("guichet", "Guichet", "acces", 1),
    ThemeNode("relation", "Relation"),
))  # fmt: skip


def test_satisfaction_keeps_neutral_apart_and_leaves_the_unknown_out():
    found = satisfaction_of({"positive": 82, "neutral": 10, "negative": 8, "unknown": 40})

    assert (found.base, found.positive.share, found.neutral.share, found.negative.share) == (100, 0.82, 0.1, 0.08)
    assert (round(found.positive.low, 4), round(found.positive.high, 4)) == (0.7333, 0.8830)
    assert found.mark.value == 8.7


def test_no_mark_under_a_hundred_answers():
    assert satisfaction_of({"positive": 82, "neutral": 10, "negative": 7}).mark is None


def test_nobody_declared_anything_gives_no_figure():
    assert satisfaction_of({"unknown": 12}).positive.share is None


def test_only_the_finest_themes_are_ranked():
    found = ranking("irritant", {"acces": 40, "telephone": 30, "guichet": 15, "relation": 20}, 100, TREE, ALL)

    assert [(row.slug, row.share.count) for row in found.rows] == [("telephone", 30), ("relation", 20), ("guichet", 15)]
    assert found.mentions == 65


def test_a_leader_is_named_only_when_its_interval_lies_above_the_second():
    sure = ranking("irritant", {"telephone": 60, "guichet": 20}, 100, TREE, ALL)
    unsure = ranking("irritant", {"telephone": 33, "guichet": 30}, 100, TREE, ALL)

    assert (sure.leader.slug, unsure.leader) == ("telephone", None)


def test_rare_themes_are_left_out_of_rows_and_totals():
    found = ranking("irritant", {"telephone": 30, "guichet": 4}, 100, TREE, Disclosure(5))

    assert ([row.slug for row in found.rows], found.mentions, found.left_out) == (["telephone"], 30, True)


def test_an_arrow_needs_a_sure_difference_of_three_points_on_thirty_answers():
    found = changes_of(*SPANS, [
        ("satisfaction", "", proportion(80, 100), proportion(55, 100)),
        ("irritant", "", proportion(15, 20), proportion(4, 20)),
        ("attente", "Attente", proportion(30, 100), proportion(28, 100)),
    ])  # fmt: skip

    directions = [row.comparison.direction for row in found.rows]
    assert directions == [Direction.UP, Direction.STABLE, Direction.STABLE]
    assert found.of("irritant").comparison.reason is Reason.SMALL_BASE
    assert [row.key for row in found.moved] == ["satisfaction"]


def test_a_difference_sure_alone_is_not_sure_among_many():
    alone = compare_all([(proportion(80, 100), proportion(67, 100))])
    among = compare_all([(proportion(80, 100), proportion(67, 100)), *[(proportion(50, 100), proportion(50, 100))] * 3])

    assert (alone[0].direction, among[0].direction) == (Direction.UP, Direction.STABLE)
    assert round(among[0].p / alone[0].p, 6) == 4


def test_groups_too_small_for_any_arrow_do_not_weigh_on_the_others():
    small = [(proportion(1, 2), proportion(50, 100))] * 20

    found = compare_all([(proportion(80, 100), proportion(64, 100)), *small])

    assert found[0].direction is Direction.UP
    assert {one.reason for one in found[1:]} == {Reason.SMALL_BASE}


def test_groups_surely_above_come_first_whatever_the_chance_of_small_ones():
    groups = [Group("1", "Grand", 400), Group("2", "Moyen", 400), Group("3", "Petit", 4)]
    bases = {"1": 400, "2": 400, "3": 4}

    found = compare_groups(groups, {"1": 320, "2": 120, "3": 4}, bases, proportion(444, 804), ALL)

    assert [(row.group.label, row.direction) for row in found.rows] == [
        ("Grand", Direction.UP),
        ("Petit", Direction.STABLE),
        ("Moyen", Direction.DOWN),
    ]


def test_a_period_without_answers_is_a_gap_not_a_zero():
    found = series_of(["2022", "2023", "2024"], {"2022": 3}, {"2022": 10, "2024": 4}, Grain.YEAR, Disclosure(5))

    assert [point and point.share for point in found.points] == [0.3, None, None]


def test_the_series_breaks_where_a_new_source_brings_a_fifth_of_the_words():
    by_source = {("2021", "a"): 50, ("2022", "a"): 45, ("2022", "b"): 5, ("2023", "a"): 40, ("2023", "c"): 10}

    assert source_breaks(["2021", "2022", "2023"], by_source) == (2,)


class Node:
    def __init__(self, pk, name, parent_id=None):
        self.id, self.name, self.short_name, self.parent_id = pk, name, "", parent_id


def test_services_compared_are_the_highest_level_that_has_two():
    nodes = [Node(1, "État"), Node(2, "Impôts", 1), Node(3, "Douanes", 1), Node(4, "Bureau", 2)]
    counts = {1: 30, 2: 20, 3: 10, 4: 20}

    assert [group.label for group in service_groups(nodes, counts)] == ["Impôts", "Douanes"]
    assert [group.label for group in service_groups(nodes, counts, chosen=2)] == ["Bureau"]
    assert [group.label for group in service_groups(nodes, counts, chosen=3)] == ["Impôts", "Douanes"]


def test_figures_come_back_from_json_as_they_were():
    changes = changes_of(*SPANS, [("attente", "Attente", proportion(3, 40), proportion(9, 40))])

    again = from_plain(type(changes), to_plain(changes))

    assert to_plain(again) == to_plain(changes)
    assert checksum(to_plain(again)) == checksum(to_plain(changes))
    assert again.rows[0].comparison.direction is changes.rows[0].comparison.direction


def test_differences_name_the_place():
    assert differences({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == ["a.1.b"]


def test_a_lone_small_period_is_not_found_by_subtracting() -> None:
    bases = {"2023-01": 3, "2023-02": 40, "2023-03": 60}
    counts = {"2023-01": 1, "2023-02": 20, "2023-03": 30}

    series = series_of(list(bases), counts, bases, Grain.MONTH, Disclosure(11))

    assert series.counts == (None, None, 30)
