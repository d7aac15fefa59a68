"""A report on one file of verbatims, without database or server: read, analyse, count, write."""

from .analysis import analyse
from .entries import Entry, Reading, SetAside, Source
from .export import to_json
from .figures import Figures
from .headlines import Headline, headlines
from .page import render_html
from .reading import NoTextError, UnknownColumnError, read_file
from .wording import Wording

__all__ = [
    "Entry",
    "Figures",
    "Headline",
    "NoTextError",
    "Reading",
    "SetAside",
    "Source",
    "UnknownColumnError",
    "Wording",
    "analyse",
    "headlines",
    "read_file",
    "render_html",
    "to_json",
]
