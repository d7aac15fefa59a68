from xml.etree import ElementTree

import pytest

from ecoute.methods.charts import (
    ENGLISH,
    Bar,
    Break,
    Dot,
    HeatCell,
    Point,
    PolarityBar,
    Series,
    Small,
    bars,
    dots,
    heat,
    lines,
    multiples,
    pareto,
    polarity,
    sparkline,
    stylesheet,
)
from ecoute.methods.charts.canvas import Canvas
from ecoute.methods.charts.palette import ATTRIBUTES

pytestmark = pytest.mark.unit

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Délai de traitement des demandes d’inscription et de réinscription <scolaires> & périscolaires"


def gallery(**more):
    spread = [Bar(LONG, 0.4, 0.3, 0.5, 40, 100), Bar("B", None), Bar("C", 0.0, 0.0, 0.04, 0, 100)]
    counted = [Bar(LONG, 40), Bar("B", 0), Bar("C", 12)]
    periods = [f"mois {i}" for i in range(30)]
    points = tuple(Point(None if i == 4 else 0.5, 0.4, 0.6, 30) for i in range(30))
    cells = {(0, 0): HeatCell(0.5), (0, 1): HeatCell(None, hidden=True), (1, 0): HeatCell(None)}
    return {
        "bars": bars(spread, title="T", **more),
        "pareto": pareto(counted, title="T", **more),
        "lines": lines(periods, [Series("S", points)], breaks=[Break(3, "b")], title="T", **more),
        "polarity": polarity(
            [PolarityBar(LONG, 1, 0, 9), PolarityBar("z", 0, 0, 0), PolarityBar("h", 3, 1, 1, hidden=True)],
            title="T",
            **more,
        ),
        "dots": dots([Dot(LONG, 0.5, 0.4, 0.6, 30), Dot("h", 0.1, hidden=True)], reference=0.4, title="T", **more),
        "heat": heat([LONG, "b"], [f"colonne {LONG}" for _ in range(7)], cells, title="T", **more),
        "multiples": multiples(periods, [Small(LONG, tuple(range(30)))], title="T", **more),
        "sparkline": sparkline([1, None, 3], title="T", **more),
    }


@pytest.mark.parametrize("kind", gallery())
def test_every_drawing_is_sound_svg_inside_its_frame(kind):
    chart = gallery()[kind]

    for drawing in (chart.svg, chart.narrow):
        root = ElementTree.fromstring(drawing)
        width, height = float(root.get("width")), float(root.get("height"))
        assert chart.kind == kind
        assert height > 0
        for box in root.iter(f"{SVG}rect"):
            assert float(box.get("x")) >= 0
            assert float(box.get("x")) + float(box.get("width")) <= width + 0.5
            assert float(box.get("y")) + float(box.get("height")) <= height + 0.5


@pytest.mark.parametrize("kind", gallery())
def test_nothing_that_a_strict_policy_refuses(kind):
    chart = gallery()[kind]

    assert "style=" not in chart.both
    assert "<style" not in chart.both
    assert "<script" not in chart.both


@pytest.mark.parametrize("kind", gallery())
def test_every_picture_has_a_name_and_a_table(kind):
    chart = gallery()[kind]

    root = ElementTree.fromstring(chart.svg)
    name = next(e for e in root.iter() if e.get("id") == root.get("aria-labelledby").split()[0])
    assert root.get("role") == "img"
    assert name.text == "T"
    assert all(len(row) == len(chart.table.headers) for row in chart.table.rows)


def test_the_two_drawings_and_two_equal_charts_do_not_share_identifiers():
    one, two = gallery(key="a")["bars"], gallery(key="b")["bars"]

    names = [ElementTree.fromstring(d).get("aria-labelledby") for d in (one.svg, one.narrow, two.svg, two.narrow)]
    assert len(set(names)) == 4


def test_a_chart_with_links_is_not_an_image_to_screen_readers():
    chart = bars([Bar("A", 0.5, href="/t?a=1&b=2")], title="T")

    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "group"
    assert next(root.iter(f"{SVG}a")).get("href") == "/t?a=1&b=2"


def test_words_of_people_are_escaped_and_kept_whole_in_a_title():
    chart = bars([Bar(LONG, 0.5)], title="<b>&")

    assert "<scolaires>" not in chart.svg
    names = [t.text for t in ElementTree.fromstring(chart.narrow).iter(f"{SVG}title")]
    assert names == ["<b>&", f"{LONG} : 50\u00a0%"]


def test_bars_are_sorted_and_their_table_says_base_and_interval():
    chart = bars(
        [Bar("petit", 0.1, 0.05, 0.18, 10, 100), Bar("grand", 0.456, 0.36, 0.55, 46, 100)],
        title="T",
        heading="Thème",
    )

    assert chart.table.headers == ("Thème", "Nombre", "Base", "Part", "Intervalle à 95\u00a0%")
    assert chart.table.rows[0] == ("grand", "46", "100", "46\u00a0%", "36–55\u00a0%")


def test_no_base_is_a_dash_and_never_zero():
    chart = bars([Bar("A", None)], title="T")

    assert chart.table.rows == (("A", "—"),)


def test_an_empty_chart_says_so():
    for chart in (
        bars([], title="T"),
        pareto([], title="T"),
        lines([], [], title="T"),
        polarity([], title="T"),
        dots([], title="T"),
        heat([], [], {}, title="T"),
        multiples([], [], title="T"),
        sparkline([None], title="T"),
    ):
        assert chart.empty
        assert "Aucune donnée à représenter." in chart.svg


def test_hidden_figures_stand_neither_in_the_drawing_nor_in_the_table():
    shown = polarity([PolarityBar("s", 37, 41, 43, hidden=True)], title="T")
    dotted = dots([Dot("s", 0.37, 0.31, 0.43, 77, hidden=True)], title="T")
    mapped = heat(["s"], ["c"], {(0, 0): HeatCell(0.37, 77, hidden=True)}, title="T")

    for chart in (shown, dotted, mapped):
        written = chart.both + repr(chart.table)
        assert not any(f">{n}" in written or f"{n}\u00a0%" in written for n in (31, 37, 41, 43, 77, 121))


def test_pareto_runs_to_one_hundred():
    chart = pareto([Bar("b", 20), Bar("a", 60), Bar("c", 20)], title="T", locale=ENGLISH)

    assert chart.table.rows == (("a", "60", "60%", "60%"), ("b", "20", "20%", "80%"), ("c", "20", "20%", "100%"))


def test_a_gap_in_a_series_breaks_the_line():
    whole = lines("abcde", [Series("s", tuple(Point(0.5) for _ in range(5)))], title="T")
    broken = lines("abcde", [Series("s", tuple(Point(None if i == 2 else 0.5) for i in range(5)))], title="T")

    assert broken.svg.count("<path") == whole.svg.count("<path") + 1
    assert broken.table.rows[2] == ("c", "—")


def test_six_series_at_most():
    series = [Series(str(i), (Point(0.1 * i), Point(0.1 * i))) for i in range(8)]

    assert len(lines("ab", series, title="T").table.headers) == 7


def test_the_style_sheet_knows_every_class_that_has_a_colour():
    sheet = stylesheet()

    missing = [
        name for name, said in ATTRIBUTES.items() if {"fill", "stroke"} & said.keys() and f".{name}" not in sheet
    ]
    assert missing == []


def test_hatching_stays_inside_its_rectangle():
    canvas = Canvas(100)
    canvas.hatched(10, 20, 30, 8)

    path = ElementTree.fromstring(canvas.parts[-1]).get("d")
    ends = [tuple(map(float, end.split())) for end in path.replace("M", "L").split("L") if end]
    assert all(10 <= x <= 40 and 20 <= y <= 28 for x, y in ends)
