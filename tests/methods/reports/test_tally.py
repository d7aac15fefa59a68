import pytest

from ecoute.methods.reports.figures import Sides
from ecoute.methods.statistics import Direction, Visibility
from ecoute.methods.text.documents import CorpusFindings, DiscoveredTheme, MaskedSpan, MaskedText, Span

from .builders import coded, corpus, entry, figures_of

pytestmark = pytest.mark.unit


def test_a_theme_said_twice_in_one_verbatim_counts_once():
    one = entry(text="Personne ne répond. Toujours occupé.")
    found = figures_of(
        [
            (
                one,
                coded(
                    one,
                    [
                        ("Personne ne répond", ["phone"], "irritant", "negative"),
                        ("Toujours occupé", ["phone"], "irritant", "negative"),
                    ],
                ),
            )
        ]
    )

    assert (found.themes[0].mentions.count, found.themes[0].irritants) == (1, 1)
    assert found.irritants.themes == (("Joindre par téléphone", 1),)


def test_good_and_bad_of_one_theme_in_one_verbatim_is_neither():
    one = entry(text="Difficile à joindre mais bien reçu.")
    said = [
        ("Difficile à joindre", ["phone"], "irritant", "negative"),
        ("bien reçu", ["phone"], "praise", "positive"),
    ]

    found = figures_of([(one, coded(one, said))])

    assert found.themes[0].sides == Sides(0, 1, 0)


def test_themes_come_with_their_root_and_in_order():
    found = figures_of(corpus(10))

    assert [(t.slug, t.root, t.mentions.count) for t in found.themes] == [
        ("courtesy", "Relation", 5),
        ("phone", "Accessibilité", 5),
    ]


def test_labels_follow_the_language_of_the_report():
    assert [t.label for t in figures_of(corpus(2), language="en").themes] == ["Courtesy", "Reaching by phone"]


def test_voices_without_theme_are_counted_apart():
    one = entry(text="Quelle honte.")
    found = figures_of([(one, coded(one, [("Quelle honte", [], "irritant", "negative")]))])

    assert (found.irritants.verbatims.count, found.irritants.themes, found.irritants.without_theme) == (1, (), 1)


def test_declared_satisfaction_beside_what_was_read():
    pairs = []
    for i, (declared, read) in enumerate([("negative", "negative"), ("negative", "positive"), ("", "positive")]):
        one = entry(str(i), satisfaction=declared)
        pairs.append((one, coded(one, polarity=read)))

    declared = figures_of(pairs).declared

    assert declared.sides == Sides(2, 0, 0)
    assert declared.table == ((1, 0, 1), (0, 0, 0), (0, 0, 0))
    assert (declared.agreement.count, declared.agreement.base) == (1, 2)


def test_small_cells_of_declared_and_read_are_hidden_with_those_that_give_them_away():
    pairs = []
    for i in range(60):
        one = entry(str(i), satisfaction="negative" if i % 2 else "positive")
        read = "positive" if i == 1 else one.satisfaction if i % 6 > 1 else "neutral"
        pairs.append((one, coded(one, polarity=read)))

    declared = figures_of(pairs).declared

    assert declared.table == ((20, 9, 1), (0, 0, 0), (0, 10, 20))
    assert declared.hidden == {(0, 1), (0, 2), (2, 1), (2, 2)}


def test_nothing_declared_is_no_figure():
    assert figures_of([(entry(), coded(entry()))]).declared is None


def test_services_are_compared_with_the_others():
    found = {g.name: g for g in figures_of(corpus()).services}

    assert found["Préfecture"].comparison.direction is Direction.UP
    assert found["Mairie"].comparison.direction is Direction.DOWN
    assert found["Mairie"].negative.share == 0.0


def test_one_service_alone_is_not_compared():
    pairs = [(e, coded(e)) for e in (entry(str(i), service="Seul") for i in range(40))]

    assert figures_of(pairs).services == ()


def test_a_small_service_is_hidden_and_not_named_beside_words():
    small = entry("500", text="Accueil aimable ici.", service="Petit bureau")
    pairs = [*corpus(60), (small, coded(small, [("Accueil aimable", ["courtesy"], "praise", "positive")]))]

    found = figures_of(pairs)

    hidden = next(g for g in found.services if g.name == "Petit bureau")
    assert hidden.visibility is Visibility.HIDDEN
    quotes = [*found.praises.quotes, *(q for t in found.themes for q in t.quotes)]
    assert "Petit bureau" not in {q.service for q in quotes}


def test_cells_under_five_are_not_in_the_grid():
    pairs = corpus(120)
    rare = entry("900", text="Personne ne répond ici.", service="Mairie")
    pairs.append((rare, coded(rare, [("Personne ne répond", ["phone"], "irritant", "negative")])))

    grid = figures_of(pairs).grid

    assert grid.services == ("Mairie", "Préfecture")
    assert grid.cells[grid.themes.index("Joindre par téléphone"), 0] is None


def test_periods_without_enough_words_are_hidden_and_empty_ones_kept():
    pairs = corpus(120)

    timeline = figures_of(pairs).timeline

    assert timeline.grain == "quarter"
    assert [p.start.month for p in timeline.periods] == [1, 4, 7, 10]
    assert sum(p.base for p in timeline.periods) == 120


def test_files_without_dates_have_no_timeline():
    one = entry()
    found = figures_of([(one, coded(one))])

    assert (found.timeline, found.dated, found.first_day) == (None, 0, None)


def test_copies_are_counted_and_quoted_once():
    pairs = []
    for i in range(3):
        one = entry(str(i), text="Personne ne répond jamais au téléphone chez vous.")
        said = [("Personne ne répond jamais", ["phone"], "irritant", "negative")]
        pairs.append((one, coded(one, said)))

    found = figures_of(pairs, CorpusFindings(duplicates=(("0", "1", "2"),)))

    assert found.themes[0].mentions.count == 3
    assert len(found.themes[0].quotes) == 1
    assert (found.duplicate_groups, found.duplicated, found.duplicates[0].lines) == (1, 3, (2, 3, 4))


def test_discovered_subjects_keep_their_exemplars():
    pairs = corpus(4)
    theme = DiscoveredTheme("Téléphone", ("répond",), ("0", "2"), ("2", "0"), 0.7)

    subject = figures_of(pairs, CorpusFindings(discovered=(theme,))).subjects[0]

    assert (subject.name, subject.count) == ("Téléphone", 2)
    assert [q.line for q in subject.quotes] == [4, 2]


def test_masked_kinds_are_counted():
    from dataclasses import replace

    one = entry(text="Mon numéro [téléphone]")
    span = MaskedSpan("phone", Span(11, 21), Span(11, 22))
    document = replace(coded(one), masked=MaskedText(one.body, (span, span)))

    assert figures_of([(one, document)]).masked == (("phone", 2),)
