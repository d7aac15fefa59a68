import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from ecoute.methods.reports import SetAside, render_html, to_json
from ecoute.methods.text.documents import CorpusFindings, DiscoveredTheme

from .builders import coded, corpus, entry, figures_of

pytestmark = pytest.mark.unit

DAY = date(2026, 5, 19)
VOID = {"meta", "br", "hr", "img", "input", "link"}


class Reader(HTMLParser):
    """Notes tags, identifiers, links and whether every element is closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.tags, self.words = [], [], [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def page(figures, language="fr"):
    return render_html(figures, language=language, version="9.9", made_on=DAY)


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("count", [0, 1, 40, 120])
def test_the_page_is_sound_and_needs_nothing_else(count, language):
    reader = read(page(figures_of(corpus(count), language=language), language))

    assert all(link.startswith("#") for link in reader.links)
    assert {link[1:] for link in reader.links} <= set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids))
    assert "script" not in reader.tags


def test_the_page_forbids_itself_to_load_anything():
    assert "default-src 'none'; style-src 'unsafe-inline'" in page(figures_of(corpus(4)))


def test_words_of_people_cannot_become_markup():
    one = entry(text="<script>alert(1)</script> & personne ne répond", service="<b>S</b>")
    pairs = [(one, coded(one, [("personne ne répond", ["phone"], "irritant", "negative")], "negative"))]

    html = page(figures_of(pairs))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_every_chart_has_its_table_of_figures():
    html = page(figures_of(corpus()))

    assert html.count('<figure class="chart"') == html.count('<details class="data">')
    assert html.count('<figure class="chart"') >= 8


def test_limits_and_engines_are_said():
    html = page(figures_of(corpus()))

    assert "non représentatives" in html
    assert "non vérifié par une personne" in html
    assert "main 1" in html
    assert "essai 1" in html
    assert "Écoute 9.9" in html


def test_discovered_subjects_are_to_be_checked():
    theme = DiscoveredTheme("Sujet neuf", ("répond",), ("0", "2"), ("2",), 0.7)

    html = page(figures_of(corpus(10), CorpusFindings(discovered=(theme,))))

    assert html.count("à vérifier</p>") == 1
    assert "Sujet neuf" in html


def test_rows_set_aside_are_told_with_reason_and_lines():
    aside = [SetAside(4, "empty_text"), SetAside(9, "empty_text"), SetAside(12, "some_new_reason")]

    html = page(figures_of(corpus(4), set_aside=aside))

    assert "aucun texte" in html
    assert "4, 9" in html
    assert "some_new_reason" in html
    assert "3 lignes écartées sur 7" in html


def test_the_english_page_is_english():
    words = " ".join(read(page(figures_of(corpus(), language="en"), "en")).words)

    without_quotes = re.sub(r"Dossier.*?merci|Visite.*?merci", "", words)
    assert re.findall(r"\b(les|des|une|avec|irritants par|ligne|mois|service par)\b", without_quotes) == []


def test_a_hidden_service_is_neither_on_the_page_nor_in_the_export():
    one = entry("700", text="Accueil aimable, mais long.", service="Bureau caché")
    figures = figures_of([*corpus(60), (one, coded(one, polarity="negative"))])

    exported = to_json(figures, language="fr", version="9.9", made_on=DAY)

    hidden = next(g for g in exported["services"] if g["name"] == "Bureau caché")
    assert "Bureau caché" not in page(figures)
    assert (hidden["negative"], hidden["polarity"], hidden["compared_with_others"]) == (None, None, None)


def test_the_export_is_plain_json_with_the_same_figures():
    figures = figures_of(corpus())

    found = json.loads(json.dumps(to_json(figures, language="fr", version="9.9", made_on=DAY)))

    assert (found["format"], found["format_version"], found["made_on"]) == ("ecoute-analysis", 1, "2026-05-19")
    assert found["analysed"] == 120
    assert found["polarity"] == {"negative": 60, "neutral": 0, "positive": 60, "base": 120}
    assert found["irritants"]["themes"] == [{"label": "Joindre par téléphone", "count": 60}]
    assert found["themes"][0]["mentions"]["base"] == 120


def test_dates_beside_words_are_cut_to_the_month():
    figures = figures_of(corpus(12))

    found = to_json(figures, language="fr", version="9.9", made_on=DAY)

    months = {q["month"] for theme in found["themes"] for q in theme["quotes"]}
    assert all(re.fullmatch(r"2025-\d\d", month) for month in months)
