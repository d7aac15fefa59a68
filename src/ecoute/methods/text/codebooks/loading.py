"""Codebooks from files and back: TOML (read by people) and JSON (given by machines)."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .model import Codebook, CodebookError, Theme

_LISTS = {f.name for f in fields(Theme) if str(f.type).startswith("tuple")}
_NAMES = {f.name for f in fields(Theme)}


def codebook_from_dict(data: Mapping[str, Any]) -> Codebook:
    """A codebook from plain values. Raises ``CodebookError`` for missing or unknown fields."""
    try:
        themes = tuple(_theme(entry) for entry in data["themes"])
        return Codebook(
            str(data["slug"]), str(data["version"]), themes,
            str(data.get("label_fr", "")), str(data.get("label_en", "")),
        )  # fmt: skip
    except KeyError as missing:
        raise CodebookError(f"the codebook lacks {missing}") from missing


def _theme(entry: Mapping[str, Any]) -> Theme:
    if unknown := set(entry) - _NAMES:
        raise CodebookError(f"theme {entry.get('slug')!r} has unknown fields: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {k: tuple(map(str, v)) if k in _LISTS else v for k, v in entry.items()}
    try:
        return Theme(**values)
    except TypeError as fault:
        raise CodebookError(f"theme {entry.get('slug')!r}: {fault}") from fault


def codebook_to_dict(codebook: Codebook) -> dict[str, Any]:
    """Plain values that ``codebook_from_dict`` reads back to an equal codebook."""
    return {
        "slug": codebook.slug,
        "version": codebook.version,
        "label_fr": codebook.label_fr,
        "label_en": codebook.label_en,
        "themes": [{k: list(v) if isinstance(v, tuple) else v for k, v in asdict(t).items()} for t in codebook.themes],
    }


def load(path: Path | str) -> Codebook:
    """Read a ``.toml`` or ``.json`` codebook. Raises ``CodebookError`` when it cannot be read."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError, UnicodeDecodeError) as fault:
        raise CodebookError(f"{path.name} cannot be read: {fault}") from fault
    return codebook_from_dict(data)


@lru_cache(maxsize=1)
def load_default() -> Codebook:
    """The State's five tags and the finer themes below them."""
    return codebook_from_dict(tomllib.loads(files(__package__).joinpath("default.toml").read_text(encoding="utf-8")))
