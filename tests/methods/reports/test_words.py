import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from ecoute.methods import reports
from ecoute.methods.reports import Wording, headlines
from ecoute.methods.reports.wording import catalogue, typeset

from .builders import coded, corpus, entry, figures_of

pytestmark = pytest.mark.unit

FOLDER = Path(reports.__file__).parent
FRENCH = Wording("fr")


def holes(text):
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


@pytest.mark.parametrize("key", catalogue())
def test_every_text_exists_in_both_languages_with_the_same_holes(key):
    texts = catalogue()[key]

    assert set(texts) == {"fr", "en"}
    assert all(texts.values())
    assert holes(texts["fr"]) == holes(texts["en"])


def test_every_text_asked_for_exists():
    sources = [*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.html"), FOLDER.parents[1] / "cli" / "analyze.py"]
    asked = {
        key for path in sources for key in re.findall(r"""\bsay\(\s*["']([a-z_]+)["'][,)]""", path.read_text("utf-8"))
    }
    counted = {
        f"{key}_{form}"
        for path in sources
        for key in re.findall(r"""\bcounted\(\s*["']([a-z_]+)["'],""", path.read_text("utf-8"))
        for form in ("one", "many")
    }

    assert len(asked) > 60
    assert (asked | counted) - catalogue().keys() == set()


def test_dates_in_full():
    assert FRENCH.day(date(2026, 5, 19)) == "mardi 19 mai 2026"
    assert FRENCH.day(date(2026, 5, 1)) == "vendredi 1er mai 2026"
    assert Wording("en").day(date(2026, 5, 19)) == "Tuesday 19 May 2026"


def test_spans_elide_in_french():
    assert FRENCH.span(date(2025, 4, 2), date(2025, 10, 2)) == "d’avril 2025 à octobre 2025"
    assert FRENCH.span(date(2025, 3, 2), date(2025, 3, 30)) == "mars 2025"


def test_french_spaces_do_not_break():
    assert typeset("« Oui » : 3 % ; non ?") == "«\u202fOui\u202f»\u00a0: 3\u00a0%\u202f; non\u202f?"


def test_singular_and_plural():
    assert FRENCH.counted("subject_count", 0) == "0 verbatim"
    assert FRENCH.counted("subject_count", 2) == "2 verbatims"
    assert Wording("en").counted("subject_count", 0) == "0 comments"


def test_findings_of_a_clear_corpus():
    texts = [h.text for h in headlines(figures_of(corpus()), FRENCH)]

    assert texts[0] == "50\u00a0% des verbatims sont négatifs, 0\u00a0% neutres et 50\u00a0% positifs."
    assert "Premier irritant\u00a0: «\u202fJoindre par téléphone\u202f», dans 60 verbatims." in texts
    assert any(text.startswith("«\u202fPréfecture\u202f» est jugé plus négativement") for text in texts)


def test_every_finding_has_its_base():
    for headline in headlines(figures_of(corpus()), FRENCH):
        assert re.search(r"\d", headline.detail)


def test_little_is_said_of_little():
    one = entry(text="Personne ne répond.")
    pairs = [(one, coded(one, [("Personne ne répond", ["phone"], "irritant", "negative")], "negative"))]

    assert len(headlines(figures_of(pairs), FRENCH)) == 1


def test_nothing_is_said_of_nothing():
    assert headlines(figures_of([]), FRENCH) == []


def test_services_that_do_not_differ_are_said_alike():
    pairs = []
    for i in range(80):
        one = entry(str(i), service="AB"[i % 2])
        pairs.append((one, coded(one, polarity="negative" if i % 4 < 2 else "positive")))

    texts = [h.text for h in headlines(figures_of(pairs), FRENCH)]

    assert "Aucun service ne se distingue nettement des autres par sa part de verbatims négatifs." in texts
