"""A codebook as a table (CSV): one theme a row. What is written can be read again and changes nothing.

Lists (examples, cues, what a theme includes and excludes) stand in one cell, separated by « | ». A column that a file
has not leaves what is known as it is; only ``slug`` and ``label_fr`` are needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from ecoute.methods.text.cues import compile_cue

TEXTS = ("label_fr", "label_en", "definition_fr", "definition_en")
LINES = ("includes_fr", "includes_en", "excludes_fr", "excludes_en")  # stored one a line
LISTS = ("examples_fr", "examples_en", "cues")
COLUMNS = (
    "slug", "parent", "label_fr", "label_en", "definition_fr", "definition_en", "includes_fr", "includes_en",
    "excludes_fr", "excludes_en", "examples_fr", "examples_en", "cues", "retired",
)  # fmt: skip
MAX_BYTES, MAX_ROWS = 2_000_000, 5_000
_LONGEST = {"slug": 80, "label_fr": 120, "label_en": 120}
_YES = {"oui", "yes", "1", "true", "vrai", "x"}
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run it


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot go in: the line of the file (1 is the header, 0 the whole), and why, for the reader."""

    line: int
    text: str


@dataclass(slots=True)
class Parsed:
    """``rows``: for each theme the fields its file gave, ``parent`` a slug or None, lists as the models keep them."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # slug → line


def columns() -> list[tuple[str, str]]:
    """Name of each column and what it holds, for the reader."""
    return [
        ("slug", _("Nom court et stable du thème : minuscules, chiffres et tirets. Obligatoire.")),
        ("parent", _("Nom court du thème au-dessus ; vide pour un grand thème.")),
        ("label_fr", _("Libellé en français. Obligatoire.")),
        ("label_en", _("Libellé en anglais.")),
        ("definition_fr", _("Définition en français.")),
        ("definition_en", _("Définition en anglais.")),
        ("includes_fr, includes_en", _("Ce que le thème comprend, cas séparés par « | ».")),
        ("excludes_fr, excludes_en", _("Ce qu’il ne comprend pas, cas séparés par « | ».")),
        ("examples_fr, examples_en", _("Phrases d’exemple, séparées par « | » : la machine en apprend.")),
        ("cues", _("Indices : mots et expressions qui signalent le thème, séparés par « | ».")),
        ("retired", _("« oui » pour un thème retiré.")),
    ]


def written(themes: Iterable[Mapping[str, Any]]) -> str:
    """The table of a snapshot (``actions.codebook_versions``), with a mark that spreadsheets need to read accents."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for theme in themes:
        table.writerow([_safe(_cell(theme, name)) for name in COLUMNS])
    return "\ufeff" + out.getvalue()


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, else as Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def parsed(text: str, known: Mapping[str, str | None] | None = None) -> Parsed:
    """Reads a table. ``known``: the themes there are (slug → parent), which a parent may name though the file does not
    hold them. Every fault is told with its line; with one, nothing may go in."""
    result = Parsed()
    text = text.removeprefix("\ufeff")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        header = [name.strip().lower() for name in next(table, [])]
        if not _header_is_sound(header, result):
            return result
        for cells in table:
            if any(cell.strip() for cell in cells):
                _read(dict(zip(header, cells, strict=False)), table.line_num, len(cells) - len(header), result)
            if len(result.rows) > MAX_ROWS:
                result.problems.append(Problem(table.line_num, _("Ce fichier a trop de lignes.")))
                break
    except csv.Error as fault:
        result.problems.append(
            Problem(table.line_num, _("Cette ligne ne peut pas être lue : %(fault)s.") % {"fault": fault})
        )
    if not result.rows and not result.problems:
        result.problems.append(Problem(0, _("Ce fichier ne contient aucun thème.")))
    _check_parents(result, known or {})
    result.problems.sort(key=lambda problem: problem.line)
    return result


def _cell(theme: Mapping[str, Any], name: str) -> str:
    value = theme.get(name)
    if name == "retired":
        return "oui" if value else ""
    if name in LINES:
        return " | ".join(line.strip() for line in (value or "").splitlines() if line.strip())
    if name in LISTS:
        return " | ".join(item.replace("|", "/") if name != "cues" else item for item in value or ())
    return value or ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _header_is_sound(header: list[str], result: Parsed) -> bool:
    for name in ("slug", "label_fr"):
        if name not in header:
            result.problems.append(Problem(1, _("Il manque la colonne « %(name)s ».") % {"name": name}))
    for name in dict.fromkeys(header):
        if name and name not in COLUMNS:
            result.problems.append(
                Problem(1, _("La colonne « %(name)s » n’est pas connue. Retirez-la ou renommez-la.") % {"name": name})
            )
        if name and header.count(name) > 1:
            result.problems.append(Problem(1, _("La colonne « %(name)s » vient deux fois.") % {"name": name}))
    return not result.problems


def _read(cells: dict[str, str], line: int, too_many: int, result: Parsed) -> None:
    values = {name: _unsafe(cells.get(name, "").strip()) for name in cells if name}
    if too_many > 0:
        result.problems.append(Problem(line, _("Cette ligne a plus de cellules que l’en-tête n’a de colonnes.")))
    faults = list(_faults(values, result))
    result.problems += [Problem(line, fault) for fault in faults]
    slug = values.get("slug", "")
    if slug and slug not in result.lines:
        result.lines[slug] = line
        result.rows.append(_fields(values))


def _faults(values: dict[str, str], result: Parsed) -> Iterable[str]:
    slug = values.get("slug", "")
    if not slug:
        yield _("Il manque le nom court (slug).")
    elif slug != slugify(slug):
        yield _("« %(slug)s » n’est pas un nom court : minuscules sans accent, chiffres et tirets.") % {"slug": slug}
    elif slug in result.lines:
        yield _("« %(slug)s » est déjà à la ligne %(line)s.") % {"slug": slug, "line": result.lines[slug]}
    if not values.get("label_fr"):
        yield _("Il manque le libellé en français (label_fr).")
    for name, longest in _LONGEST.items():
        if len(values.get(name, "")) > longest:
            yield _("« %(name)s » dépasse %(longest)s signes.") % {"name": name, "longest": longest}
    for cue in _cues(values.get("cues", "")):
        try:
            compile_cue(slug or "theme", cue)
        except ValueError as fault:
            yield _("L’indice « {cue} » ne peut pas être lu : {fault}").format(cue=cue, fault=fault)


def _fields(values: dict[str, str]) -> dict[str, Any]:
    given: dict[str, Any] = {"slug": values["slug"]}
    if "parent" in values:
        given["parent"] = values["parent"] or None
    given |= {name: values[name] for name in TEXTS if name in values}
    given |= {name: "\n".join(_items(values[name])) for name in LINES if name in values}
    given |= {name: _items(values[name]) for name in ("examples_fr", "examples_en") if name in values}
    if "cues" in values:
        given["cues"] = _cues(values["cues"])
    if "retired" in values:
        given["retired"] = values["retired"].casefold() in _YES
    return given


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split("|") if item.strip()]


def _cues(cell: str) -> list[str]:
    """Cues hold bars of their own (« joindre .. tel|telephone »): only a bar between blanks parts two of them."""
    return [item.strip() for item in cell.replace("\n", " | ").split(" | ") if item.strip()]


def _unsafe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def _check_parents(result: Parsed, known: Mapping[str, str | None]) -> None:
    """The tree as it would be: a ring may pass through themes that the file leaves as they are."""
    parents = {**known, **{row["slug"]: row.get("parent", known.get(row["slug"])) for row in result.rows}}
    for slug, line in result.lines.items():
        parent = parents[slug]
        if parent is not None and parent not in parents:
            text = _("Le thème du dessus, « %(parent)s », n’existe ni dans le fichier ni dans le plan.")
            result.problems.append(Problem(line, text % {"parent": parent}))
        elif _rings(slug, parents):
            text = _("« %(slug)s » est au-dessous de lui-même.")
            result.problems.append(Problem(line, text % {"slug": slug}))


def _rings(slug: str, parents: Mapping[str, str | None]) -> bool:
    seen, at = {slug}, parents.get(slug)
    while at is not None:
        if at in seen:
            return at == slug
        seen.add(at)
        at = parents.get(at)
    return False
