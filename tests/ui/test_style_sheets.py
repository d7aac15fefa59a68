"""Colours that can be read, files that stay light, icons that exist."""

import re
from pathlib import Path

import pytest

import ecoute

pytestmark = pytest.mark.unit
SOURCES = Path(ecoute.__file__).parent
STATIC = SOURCES / "ui" / "static" / "ui"

TEXT = [
    ("ink", "ground"), ("ink", "surface"), ("ink-soft", "ground"), ("ink-soft", "surface"), ("ink-soft", "sunken"),
    ("ink-faint", "ground"), ("ink-faint", "surface"), ("accent", "surface"), ("accent", "ground"),
    ("on-accent", "accent"),
    ("accent-strong", "accent-wash"), ("accent-strong", "surface"), ("good", "good-wash"), ("bad", "bad-wash"),
    ("bad", "surface"), ("warn", "warn-wash"), ("info", "info-wash"), ("negative", "negative-wash"),
    ("neutral", "neutral-wash"), ("positive", "positive-wash"), ("ink", "mark"),
]  # fmt: skip
CONTROLS = [("line-strong", "surface"), ("line-strong", "ground"), ("focus", "ground"), ("focus", "surface")]


def themes() -> dict[str, dict[str, str]]:
    written = (STATIC / "tokens.css").read_text()
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", written.split("@media")[0]))
    dark = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", written.split(':root[data-theme="dark"] {')[1]))
    return {"light": light, "dark": light | dark}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_have_a_contrast_of_four_and_a_half_and_controls_of_three(theme):
    colours = themes()[theme]

    weak = {pair: round(contrast(*(colours[name] for name in pair)), 2) for pair in TEXT + CONTROLS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < (4.5 if pair in TEXT else 3)} == {}


def test_the_two_ways_to_the_dark_theme_say_the_same():
    written = (STATIC / "tokens.css").read_text()
    by_system = written.split(':root:not([data-theme="light"]) {')[1].split("}")[0]
    by_choice = written.split(':root[data-theme="dark"] {')[1].split("}")[0]

    assert by_system.split() == by_choice.split()


def test_style_sheets_and_typeface_stay_light():
    sheets = sum((STATIC / f"{name}.css").stat().st_size for name in ("tokens", "base", "components", "layout"))
    fonts = sum(path.stat().st_size for path in (STATIC / "fonts").glob("*.woff2"))

    assert sheets < 45_000
    assert fonts < 45_000


def test_style_sheets_ask_nothing_of_other_sites():
    for path in [*STATIC.glob("*.css"), *STATIC.glob("*.js"), *SOURCES.rglob("static/**/*.css")]:
        assert re.findall(r"(?:url\(|@import|import )[\"']?(?:https?:)?//", path.read_text()) == [], path.name


def test_the_style_sheet_of_the_charts_is_the_charts_own():
    charts = SOURCES / "methods" / "charts" / "charts.css"

    assert (STATIC / "charts.css").read_text() == charts.read_text()


def test_every_icon_named_by_a_template_or_a_manifest_exists():
    known = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    named: dict[str, str] = {}
    for path in [
        *SOURCES.rglob("templates/**/*.html"),
        *SOURCES.rglob("manifest.py"),
        *SOURCES.rglob("housekeeping.py"),
    ]:
        for name in re.findall(r"""(?:\{% icon |\bicon=)["']([\w-]+)["']""", path.read_text()):
            named[name] = path.name

    assert {name: where for name, where in named.items() if name not in known} == {}


def test_no_template_holds_a_script_a_style_or_a_handler():
    pattern = re.compile(
        r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son(?:click|change|load|submit|input)=", re.IGNORECASE
    )
    found = {
        path.relative_to(SOURCES).as_posix(): pattern.findall(path.read_text())
        for path in SOURCES.rglob("templates/**/*.html")
        if "methods" not in path.parts
    }

    assert {name: hits for name, hits in found.items() if hits} == {}
