"""What pages hand to the components: frozen records, already in the words of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["neutral", "good", "bad", "warn", "info"]


@dataclass(frozen=True, slots=True)
class FacetItem:
    """One value of a filter. ``href`` is the address of the page with this value put on or taken off."""

    value: str
    label: str
    count: int | None
    selected: bool = False
    href: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column head. ``href`` makes it sortable; ``sort`` says how it is sorted now."""

    label: str
    numeric: bool = False
    href: str = ""
    sort: Literal["ascending", "descending"] | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with more than a value: a link, a second line, or a tone (said in words by ``note``)."""

    value: Any
    href: str = ""
    note: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table. Headers are ``Column`` or words; cells are ``Cell``, words, numbers (French spacing), dates or None.

    ``row_header`` says that the first cell of each row names the row. ``hide_caption`` keeps the caption for
    screen readers only. ``empty`` is said in place of the rows when there are none.
    """

    headers: Sequence[Column | str]
    rows: Sequence[Sequence[Any]]
    caption: str = ""
    row_header: bool = True
    hide_caption: bool = False
    dense: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class TabItem:
    """One tab, which is a link to a page of its own."""

    label: str
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to this page. The last one has no address."""

    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One dated step of a timeline."""

    title: str
    when: Any = None
    text: str = ""
    state: Literal["done", "current", "coming", "late"] = "done"
    href: str = ""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of the rail."""

    label: str
    href: str
    icon: str = "circle"
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """One of the four C's, or the administration, with its entries."""

    slug: str
    label: str
    items: tuple[MenuItem, ...]
