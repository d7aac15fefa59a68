"""What is shown of a verbatim: masked words, evidence, codes."""

import pytest

from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import Filters, corpus_of, quotes, verbatim_cards
from ecoute.verbatims.queries.excerpts import apart, excerpt
from ecoute.verbatims.views.marking import marked_words
from tests.factories.verbatims import Idea, make_service, make_verbatim

ALL = Scope(everything=True)


@pytest.mark.unit
def test_spans_never_overlap_and_the_first_given_wins():
    assert apart([(5, 9, "a"), (0, 6, "b"), (0, 3, "c"), (8, 30, "d")], 20) == ((0, 3, "c"), (5, 9, "a"))


@pytest.mark.unit
def test_marks_escape_what_they_surround():
    assert marked_words('<b> "x"', [(0, 3, "T & S"), (4, 7, "")]) == (
        '<mark class="evidence" title="T &amp; S">&lt;b&gt;</mark> <mark class="searched">&quot;x&quot;</mark>'
    )


@pytest.mark.unit
def test_an_excerpt_keeps_its_marks_in_place():
    text = "mot " * 400 + "ICI " + "mot " * 400
    at = text.index("ICI")

    found = excerpt(text, [(at, at + 3, "")])

    assert found.before
    assert found.after
    assert [found.text[start:end] for start, end, _ in found.spans] == ["ICI"]
    assert len(found.text) <= 700


@pytest.mark.unit
def test_a_short_text_is_shown_whole():
    assert excerpt("Court.", [(0, 5, "")]).text == "Court."


@pytest.mark.integration
@pytest.mark.django_db
def test_cards_keep_the_order_asked_and_the_scope():
    mine, other = make_service("Mairie"), make_service("Douane")
    one, two = make_verbatim(services=[mine, other]), make_verbatim(services=[mine])
    foreign = make_verbatim(services=[other])

    cards = verbatim_cards([two.pk, foreign.pk, one.pk, 10**9], Scope(service_ids=frozenset([mine.pk])))

    assert [card.id for card in cards] == [two.pk, one.pk]
    assert cards[1].services == ("Mairie",)


@pytest.mark.integration
@pytest.mark.django_db
def test_quotes_are_the_surest_passages_one_a_verbatim():
    text = "Le guichet était fermé toute la matinée. Rien au téléphone non plus."
    sure = make_verbatim(
        text,
        ideas=[
            Idea(["attente"], text="Le guichet était fermé toute la matinée.", confidence=0.9),
            Idea(["attente"], text="Rien au téléphone non plus.", confidence=0.8),
        ],
    )
    less = make_verbatim("Une attente bien trop longue à mon avis.", ideas=[Idea(["attente"], confidence=0.5)])
    make_verbatim("Rejeté, ce passage ne doit pas paraître.", ideas=[Idea(rejected=["attente"])])
    make_verbatim("Une attente très agréable, merci beaucoup.", ideas=[Idea(["attente"], "praise", "positive")])

    found = quotes(corpus_of(ALL).select(), theme="attente", nature="irritant", limit=5)

    assert [quote.id for quote in found] == [sure.pk, less.pk]
    assert found[0].text == "Le guichet était fermé toute la matinée."
    assert [found[0].text[start:end] for start, end, _ in found[0].spans] == [found[0].text]


@pytest.mark.integration
@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_the_number_of_cards(django_assert_num_queries):
    made = [make_verbatim(services=[make_service()], ideas=[Idea(["a"]), Idea(["b"])]) for _ in range(3)]

    for ids in ([made[0].pk], [one.pk for one in made]):
        with django_assert_num_queries(6):
            verbatim_cards(ids, ALL, Filters())
