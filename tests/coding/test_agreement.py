"""Agreement: figures worked out by hand, what cannot be said, the machine, the files."""

import csv
import io

import numpy as np
import pytest

from ecoute.coding.actions.closing import close_round
from ecoute.coding.actions.settling import settle
from ecoute.coding.models import Round
from ecoute.coding.pictures.agreement import UNKNOWN, coder_table, headline, machine_table, verdict
from ecoute.coding.queries.agreement import agreement_of, machine_of
from ecoute.coding.queries.board import board_of
from ecoute.directory.facade import Scope
from ecoute.verbatims.actions.coding import add_theme, reject_theme
from ecoute.verbatims.facade import corpus_of, machine_opinion, machine_themes
from ecoute.verbatims.models import SegmentTheme
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_verbatim

pytestmark = pytest.mark.integration


@pytest.fixture
def measured(room):
    """Ten items of standards' shape: both give « attente » 4 times, one alone once each, neither 4 times."""
    round_ = room.draw(size=10)
    yes, no = room.wait, None
    room.read(round_, room.anne, yes, yes, yes, yes, yes, no, no, no, no, no)
    room.read(round_, room.bruno, yes, yes, yes, yes, no, yes, no, no, no, no)
    return round_


def test_agreement_of_one_theme_by_hand(room, measured):
    page = agreement_of(board_of(measured))

    (line,) = page.themes
    assert (line.label, line.given, page.base) == ("Attente au guichet", (5, 5), 10)
    assert (line.share.count, line.share.share) == (8, 0.8)
    assert line.pairs[0].kappa.value == pytest.approx(0.6)  # (0.8 − 0.5) / (1 − 0.5)
    assert line.alpha.value == pytest.approx(1 - 0.2 / (100 / 190))  # De of 10 and 10 among 20
    assert line.pairs[0].kappa.low < 0.6 < line.pairs[0].kappa.high


def test_whole_verbatims_agree_when_all_their_themes_do(room, measured):
    whole = agreement_of(board_of(measured)).whole

    assert (whole.share.count, whole.share.base) == (8, 10)
    assert whole.pairs[0].kappa.value == pytest.approx(0.6)


def test_sets_that_share_some_count_as_a_partial_agreement(room):
    round_ = room.draw(size=4)
    room.read(round_, room.anne, room.wait, None, room.welcome, (room.phone, room.clear))
    room.read(round_, room.bruno, room.wait, None, room.welcome, room.phone)

    whole = agreement_of(board_of(round_)).whole

    assert whole.pairs[0].kappa.value < whole.alpha.value < 1


def test_three_coders_have_three_pairs_and_one_alpha(room):
    round_ = room.draw(coders=(room.anne, room.bruno, room.manager))
    for coder in (room.anne, room.bruno, room.manager):
        room.read(round_, coder, room.wait, None, room.wait, None)

    page = agreement_of(board_of(round_))

    assert [(pair.first, pair.second) for pair in page.whole.pairs] == [
        ("Anne Coder", "Bruno Coder"), ("Anne Coder", "Maud Garance"), ("Bruno Coder", "Maud Garance"),
    ]  # fmt: skip
    assert [card.value for card in headline(page)] == ["100\u00a0%", *["1,00"] * 4]


def test_of_a_theme_given_everywhere_nothing_can_be_said(room):
    round_ = room.draw(size=2)
    for coder in (room.anne, room.bruno):
        room.read(round_, coder, room.wait, room.wait)

    page = agreement_of(board_of(round_))

    row = coder_table(page).rows[0]
    assert [cell.value for cell in row[-2:]] == [UNKNOWN, UNKNOWN]
    assert page.never == ("Téléphone injoignable", "Accueil des personnes", "Clarté des courriers")


def test_nothing_to_compare_before_two_have_read_the_same(room):
    round_ = room.draw()
    room.say(room.anne, room.items(round_)[0], room.wait)

    assert agreement_of(board_of(round_)) is None
    assert machine_of(board_of(round_)) is None


@pytest.mark.parametrize(
    ("kappa", "word"),
    [(0.7, "objectif atteint"), (0.69, "substantiel"), (0.61, "substantiel"), (0.6, "insuffisant"), (None, "")],
)
def test_how_a_kappa_reads(kappa, word):
    assert verdict(kappa)[0] == word


@pytest.fixture
def closed(room):
    """All sixteen: people find « attente » in the first four and « accueil » in the next two; the machine finds
    « attente » in the first six."""
    round_ = room.draw(size=16)
    truth = {verbatim.pk: room.wait for verbatim in room.verbatims[:4]}
    truth |= {verbatim.pk: room.welcome for verbatim in room.verbatims[4:6]}
    answers = [truth.get(item.verbatim_id) for item in room.items(round_)]
    room.read(round_, room.anne, *answers)
    room.read(round_, room.bruno, *answers)
    close_round(round_=round_, by=room.manager)
    return Round.objects.get()


def test_the_machine_against_what_was_settled(room, closed):
    page = machine_of(board_of(closed))

    wait, welcome = page.themes
    assert (wait.people, wait.machine, welcome.people, welcome.machine) == (4, 6, 2, 0)
    assert wait.precision.value == pytest.approx(4 / 6)
    assert wait.recall.value == 1
    assert wait.f1.value == pytest.approx(0.8)
    # 14 alike of 16; chance (6·4 + 10·12) / 256
    assert wait.kappa.value == pytest.approx((14 / 16 - 144 / 256) / (1 - 144 / 256))
    assert (welcome.precision.value, welcome.recall.value, welcome.kappa.value) == (None, 0, 0)
    assert page.whole.precision.value == pytest.approx(4 / 6)
    assert page.whole.recall.value == pytest.approx(4 / 6)
    assert wait.precision.low < 4 / 6 < wait.precision.high


def test_what_the_machine_cannot_say_is_a_dash(room, closed):
    row = machine_table(machine_of(board_of(closed))).rows[1]

    assert row[3].value == UNKNOWN
    assert row[4].value == "0\u00a0%"


def test_the_machine_is_judged_on_what_it_found_whatever_people_said_since(room):
    corrected = make_verbatim("Trop long.", services=[room.taxes], ideas=[Idea((), rejected=("attente",))])
    by_hand = make_verbatim("Rien.", services=[room.taxes], ideas=[Idea(("accueil",))])
    SegmentTheme.objects.filter(segment__verbatim=by_hand).update(origin="person", engine="")

    assert machine_themes([corrected.pk, by_hand.pk]) == {corrected.pk: {room.wait.pk}, by_hand.pk: frozenset()}


@pytest.mark.parametrize("said", [add_theme, reject_theme])
def test_a_theme_that_the_machine_doubted_is_not_its_finding_whatever_people_say_of_it(room, said):
    verbatim = make_verbatim("Trop long.", services=[room.taxes], ideas=[Idea(("attente",))])
    segment = verbatim.segments.get()
    segment.unsure_themes = [[room.welcome.pk, 0.48, "learned 1"]]
    segment.save()

    said(segment=segment, theme=room.welcome, by=room.manager)

    assert machine_themes([verbatim.pk]) == {verbatim.pk: {room.wait.pk}}
    corpus = corpus_of(Scope(everything=True))
    opinion = machine_opinion(corpus)
    row = corpus.snapshot.rows_of(np.array([verbatim.pk]))[0]
    held = {opinion.slugs[theme] for theme in opinion.value[opinion.row == row]}
    assert "attente" in held
    assert room.welcome.slug not in held
    assert opinion.touched[row]


def test_a_theme_that_the_machine_gave_stays_its_finding_once_refused(room):
    verbatim = make_verbatim("Trop long.", services=[room.taxes], ideas=[Idea(("attente",))])

    reject_theme(segment=verbatim.segments.get(), theme=room.wait, by=room.manager)

    assert machine_themes([verbatim.pk]) == {verbatim.pk: {room.wait.pk}}


def test_the_page_names_base_intervals_and_aid(signed_in, room, closed):
    shown = signed_in(room.manager).get(f"/codage/{closed.pk}/accord/").content.decode()

    assert "Sur 16 verbatims lus par Anne Coder, Bruno Coder, avant toute discussion." in shown
    assert "objectif atteint" in shown
    assert "n = 16" in shown
    assert "2 thèmes que personne n’a donnés" in shown


def test_before_closing_the_machine_is_not_shown(signed_in, room, measured):
    for user in (room.manager, room.anne):
        shown = signed_in(user).get(f"/codage/{measured.pk}/accord/").content.decode()
        assert "une fois la séance close" in shown
        assert "La machine face" not in shown


def test_settling_changes_nothing_of_the_agreement_before_discussion(room, measured):
    before = agreement_of(board_of(measured)).whole.share
    for item in room.items(measured)[4:6]:
        settle(item=item, themes=[room.wait.pk], by=room.manager)

    assert agreement_of(board_of(measured)).whole.share == before


def test_the_figures_leave_as_a_spreadsheet(signed_in, room, closed):
    answer = signed_in(room.manager).get(f"/codage/{closed.pk}/accord/?format=csv")

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Entre codeurs"]
    assert rows[1][:4] == ["Thème", "n", "Anne Coder", "Bruno Coder"]
    wait = next(row for row in rows if row and row[0] == "Attente au guichet")
    assert wait[:7] == ["Attente au guichet", "16", "4", "4", "1,0000", wait[5], "1,0000"]
    machine = [row for row in rows if row and row[0] == "Attente au guichet"][1]
    assert machine[2:5] == ["4", "6", "0,6667"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mai-accord.csv"'


def test_the_figures_leave_as_an_open_document(signed_in, room, closed):
    from python_calamine import CalamineWorkbook

    answer = signed_in(room.manager).get(f"/codage/{closed.pk}/accord/?format=ods")

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    assert book.sheet_names == ["Entre codeurs", "La machine"]
    assert book.get_sheet_by_name("La machine").to_python()[2][:5] == ["Attente au guichet", 16.0, 4.0, 6.0, 0.6667]


def test_the_page_speaks_english(signed_in, room, closed):
    reader = make_user("auditor", language="en")

    shown = signed_in(reader).get(f"/codage/{closed.pk}/accord/", headers={"accept-language": "en"})

    assert "Between coders" in shown.content.decode()
