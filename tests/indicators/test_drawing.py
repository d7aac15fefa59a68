"""What charts read together share, and names that stay apart in little room."""

import re

import pytest

from ecoute.indicators.pictures.groups import groups_chart, least_of
from ecoute.indicators.pictures.naming import told_apart
from ecoute.indicators.queries.comparison import compare_groups
from ecoute.indicators.queries.frame import Frame
from ecoute.indicators.queries.groups import Group
from ecoute.indicators.rules import Disclosure
from ecoute.methods import charts
from ecoute.methods.statistics import proportion

pytestmark = pytest.mark.unit


def compared(*sizes):
    groups = [Group(str(i), f"Groupe {i}", size) for i, size in enumerate(sizes)]
    bases = {group.value: group.size for group in groups}
    counts = {group.value: group.size // 2 for group in groups}
    return compare_groups(groups, counts, bases, proportion(sum(counts.values()), sum(sizes)), Disclosure(1))


def test_long_names_that_begin_alike_keep_what_differs():
    names = ["Consulat général de France Londres", "Consulat général de France Genève", "Préfecture"]

    assert told_apart(names) == ["Consulat… Londres", "Consulat… Genève", "Préfecture"]


def test_a_name_without_room_for_its_first_word_begins_where_it_differs():
    names = ["Établissement public de Saint-Jean-de-Luz", "Établissement public de Boulogne-Billancourt"]

    assert told_apart(names) == ["…Saint-Jean-de-Luz", "…Boulogne-Billancourt"]


def test_short_names_and_names_that_begin_others_stay_whole():
    names = ["Impôts", "Impôts locaux", "Caisse d'allocations familiales", "Caisse d'allocations familiales du Nord"]

    assert told_apart(names) == [*names[:3], "Caisse… du Nord"]


def test_the_table_under_a_heat_map_keeps_whole_names():
    chart = charts.heat(
        ["Attente"], ["Consulat de Londres"], {(0, 0): charts.HeatCell(0.5, 40)}, heads=["…Londres"], title="Irritants"
    )

    assert "…Londres" in chart.svg
    assert chart.table.headers[1] == "Consulat de Londres"


def test_bars_read_side_by_side_have_one_scale():
    def longest(value, top=None):
        found = charts.bars([charts.Bar("Accueil", value)], title="Ce qui est apprécié", top=top)
        rects = [rect for rect in re.findall(r"<rect[^>]*>", found.svg) if "ch-c1" in rect]
        return max(float(re.search(r'width="([\d.]+)"', rect).group(1)) for rect in rects)

    assert longest(0.2, top=0.4) == pytest.approx(longest(0.4) / 2, rel=0.01)


def test_charts_read_together_leave_out_the_same_groups():
    services, channels = compared(40, 50, 60, 12), compared(100, 20)
    least = least_of(services, channels)

    notes = [
        groups_chart(
            one, Frame(162, None, None, ()), lambda **_: "", title="", dimension="channels", heading="", least=least
        ).note
        for one in (services, channels)
    ]

    assert notes == ["Les effectifs de moins de 30 ne sont pas dessinés."] * 2


def test_the_highest_label_of_an_axis_stands_inside_the_drawing():
    points = (charts.Point(0.9, 0.8, 1.0, 40), charts.Point(1.0, 0.9, 1.0, 40))
    chart = charts.lines(["2022", "2023"], [charts.Series("satisfaits", points)], title="Satisfaction")

    tick = next(text for text in re.findall(r"<text[^>]*>[^<]*", chart.svg) if "100" in text and "end" in text)
    assert float(re.search(r'x="([\d.]+)"', tick).group(1)) > 36
