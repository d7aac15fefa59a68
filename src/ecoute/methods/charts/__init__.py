"""Figures to pictures: pure functions that return a ``Chart`` (SVG text, data table, note). See README.md."""

from .bars import Bar, bars
from .chart import Chart, Table, stylesheet
from .control import ControlPoint, control
from .dots import Dot, dots
from .heat import HeatCell, heat
from .lines import Break, Point, Series, lines
from .locales import ENGLISH, FRENCH, Locale, locale_for
from .multiples import Small, multiples, sparkline
from .pareto import pareto
from .polarity import PolarityBar, polarity

__all__ = [
    "ENGLISH",
    "FRENCH",
    "Bar",
    "Break",
    "Chart",
    "ControlPoint",
    "Dot",
    "HeatCell",
    "Locale",
    "Point",
    "PolarityBar",
    "Series",
    "Small",
    "Table",
    "bars",
    "control",
    "dots",
    "heat",
    "lines",
    "locale_for",
    "multiples",
    "pareto",
    "polarity",
    "sparkline",
    "stylesheet",
]
