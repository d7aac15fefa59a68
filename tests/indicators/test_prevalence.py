"""Shares of themes corrected by what people coded: which sample serves which figure, and what the pages say."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from ecoute.coding.enums import Purpose, State
from ecoute.coding.facade import Unmeasured, measuring
from ecoute.coding.models import Round, RoundItem
from ecoute.core.counters import current_number
from ecoute.directory.facade import Scope
from ecoute.indicators.queries.reading import reading
from ecoute.indicators.queries.theme_index import theme_index
from ecoute.verbatims.facade import Filters, corpus_of
from ecoute.verbatims.models import Codebook, CodebookVersion, SegmentTheme, Theme, Verbatim
from tests.factories.verbatims import Idea, make_service, make_source, make_theme, make_verbatim, touch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ALL = Scope(everything=True)


class Town:
    """A hundred and twenty verbatims of two services. The machine finds « attente » in every third one; people find it
    where the machine does, and in one more out of six."""

    def __init__(self) -> None:
        self.state = make_service("Ministère", kind="administration")
        self.taxes, self.customs = make_service("Impôts", self.state), make_service("Douanes", self.state)
        access = make_theme("acces", label_fr="Accès")
        self.wait = make_theme("attente", access, label_fr="Attente")
        make_theme("accueil", label_fr="Accueil")
        self.source = make_source("avis")
        self.ids = [self.say(number).pk for number in range(120)]

    def say(self, number: int, **fields):
        return make_verbatim(
            f"Verbatim numéro {number}.",
            services=[self.taxes if number % 4 else self.customs],
            ideas=[Idea(("attente",))] if number % 3 == 0 else [Idea(("accueil",))],
            said_on=date(2022 + number % 2, 1 + number % 12, 10),
            source=self.source,
            **fields,
        )

    def truth(self, number: int) -> bool:
        return number % 3 == 0 or number % 6 == 1

    def measure(self, numbers, *, query="", frame=120, state=State.CLOSED, purpose=Purpose.MEASURING, version=1):
        made = Round.objects.create(
            name="Mesure", purpose=purpose, state=state, query=query, frame=frame, seed=1,
            revision=current_number("verbatims"), codebook=Codebook.objects.get(), codebook_version=version,
            closed_at=timezone.now() if state == State.CLOSED else None,
        )  # fmt: skip
        for position, number in enumerate(numbers):
            themes = [self.wait.pk] if self.truth(number) else []
            RoundItem.objects.create(round=made, verbatim_id=self.ids[number], position=position, themes=themes)
        return made


@pytest.fixture
def town(db):
    return Town()


def shares(filters=None):
    found = reading(ALL, filters or Filters())
    index = theme_index(found.selection, found.whole, found.frame, found.filters, found.tree, found.prevalence)
    return index, {row.node.slug: row for row in index.rows}


def sample_of(filters=None):
    corpus = corpus_of(ALL)
    return measuring(corpus).sample(corpus.select(filters or Filters()))


SIXTY = list(range(0, 120, 2))  # half of them


def test_without_any_round_the_share_is_the_machine_s_and_says_so(town):
    index, rows = shares()

    assert index.footing.why == Unmeasured.NO_ROUND
    assert rows["attente"].share.share == pytest.approx(40 / 120)
    assert rows["attente"].corrected is None


def test_a_closed_round_moves_the_share_by_what_people_found_more(town):
    town.measure(range(60))

    index, rows = shares()

    assert (index.footing.coded, index.footing.frame, index.footing.why) == (60, 120, "")
    # Of 60: people 30, the machine 20, which says 40 in 120.
    assert rows["attente"].corrected.sample_share == pytest.approx(30 / 60)
    assert rows["attente"].share.share == pytest.approx(30 / 60, abs=0.01)
    assert rows["attente"].share.low < 60 / 120 < rows["attente"].share.high
    assert rows["attente"].share.count == 40  # what the link leads to stays what is coded


def test_words_that_came_in_the_place_of_others_were_not_drawn_from(town):
    """As many verbatims as on the day of the draw, half of them others: the figure is not that of the sample."""
    Round.objects.filter(pk=town.measure(range(60)).pk).update(last_verbatim=town.ids[-1])
    for gone in Verbatim.objects.filter(pk__in=town.ids[60:]):
        touch(gone, withdrawn_at=timezone.now())
    for number in range(60):
        town.say(number)

    assert sample_of() is Unmeasured.NEWER


def test_a_parent_theme_is_corrected_by_what_was_found_of_its_children(town):
    town.measure(range(60))

    _, rows = shares()

    assert rows["acces"].share.share == pytest.approx(rows["attente"].share.share)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"state": State.OPEN}, Unmeasured.NO_ROUND),
        ({"state": State.DISCUSSED}, Unmeasured.NO_ROUND),
        ({"purpose": Purpose.PRACTICE}, Unmeasured.NO_ROUND),
        ({"query": "theme=attente", "frame": 40}, Unmeasured.NO_ROUND),  # the machine may change its mind
        ({"query": "canal=phone", "frame": 10}, Unmeasured.NO_ROUND),  # whose items are not in its frame
    ],
)
def test_a_round_that_measures_nothing_corrects_nothing(town, fields, reason):
    town.measure(range(60), **fields)

    assert sample_of() in (reason, Unmeasured.OUTSIDE)
    assert shares()[1]["attente"].corrected is None


def test_a_part_of_the_frame_is_measured_by_the_items_that_fall_into_it(town):
    town.measure(range(60))

    found = sample_of(Filters(services=(town.taxes.pk,)))

    assert (found.coded, found.frame_size, found.partial) == (45, 90, False)


def test_too_few_items_in_a_part_correct_nothing(town):
    town.measure(range(60))

    assert sample_of(Filters(services=(town.customs.pk,))) == Unmeasured.FEW


def test_a_round_of_one_service_does_not_measure_the_whole(town):
    town.measure([n for n in range(120) if n % 4], query=f"service={town.taxes.pk}", frame=90)

    assert sample_of() == Unmeasured.OUTSIDE
    assert sample_of(Filters(services=(town.taxes.pk,))).coded == 90


def test_filters_about_passages_are_not_measured(town):
    town.measure(range(60))

    assert sample_of(Filters(natures=("irritant",))) == Unmeasured.PASSAGES


@pytest.mark.parametrize(("more", "outcome"), [(10, "partial"), (20, Unmeasured.NEWER)])
def test_words_that_came_after_the_draw_are_no_part_of_the_frame(town, more, outcome):
    town.measure(range(60))
    for number in range(more):
        town.say(3 * number)

    found = sample_of()

    if outcome == "partial":
        assert (found.frame_size, found.size, found.partial) == (120, 130, True)
        index, rows = shares()
        assert (index.footing.frame, index.footing.base) == (120, 130)
        assert rows["attente"].corrected.machine_mean == pytest.approx(40 / 120)
    else:
        assert found == outcome


def test_two_rounds_of_the_same_frame_measure_together(town):
    town.measure(range(40))
    town.measure(range(30, 70))

    assert sample_of().coded == 70


def test_rounds_of_two_frames_are_not_put_together(town):
    town.measure(range(40))
    town.measure([n for n in range(120) if n % 4][:50], query=f"service={town.taxes.pk}", frame=90)

    assert sample_of().coded == 40


def test_the_machine_s_opinion_is_its_own_whatever_people_corrected(town):
    town.measure(range(60))
    before = sample_of()
    codes = SegmentTheme.objects.filter(segment__verbatim_id=town.ids[90])
    codes.update(rejected=True)  # found by the machine, refused by a person
    SegmentTheme.objects.create(
        segment=codes.get().segment, theme=Theme.objects.get(slug="accueil"), confidence=1.0, origin="person"
    )
    touch(Verbatim.objects.get(pk=town.ids[90]))

    after = sample_of()

    for slug in ("attente", "acces", "accueil"):
        assert int((after.of(slug)[2] & after.frame).sum()) == int((before.of(slug)[2] & before.frame).sum())
    assert after.taught == pytest.approx(1 / 120)


def test_where_people_corrected_much_the_sample_counts_alone(town):
    town.measure(range(60))
    SegmentTheme.objects.filter(segment__verbatim_id__in=town.ids[90:110]).update(rejected=True)
    for pk in town.ids[90:110]:
        touch(Verbatim.objects.get(pk=pk))

    index, rows = shares()

    assert index.footing.taught
    assert rows["attente"].corrected.tuning == 0
    assert rows["attente"].share.share == pytest.approx(30 / 60)


def test_a_theme_made_after_people_coded_is_not_corrected(town):
    CodebookVersion.objects.create(
        codebook=Codebook.objects.get(), version=1, themes=[{"slug": "acces"}, {"slug": "attente"}]
    )
    Codebook.objects.update(version=2)
    town.measure(range(60))

    _, rows = shares()

    assert rows["attente"].corrected is not None
    assert rows["accueil"].corrected is None


def test_a_version_that_was_not_kept_corrects_only_what_somebody_found(town):
    Codebook.objects.update(version=2)
    town.measure(range(60))

    _, rows = shares()

    assert rows["attente"].corrected is not None
    assert rows["accueil"].corrected is None


def test_a_theme_merged_since_counts_as_the_one_it_was_merged_into(town):
    town.measure(range(60))
    Theme.objects.filter(pk=town.wait.pk).update(merged_into=Theme.objects.get(slug="accueil"))

    found = sample_of()

    assert int(found.of("accueil")[0].sum()) == 30
    assert int(found.of("attente")[0].sum()) == 0


def test_withdrawn_items_no_longer_measure(town):
    town.measure(range(60))
    touch(Verbatim.objects.get(pk=town.ids[0]), withdrawn_at=timezone.now())

    assert sample_of().coded == 59


def test_a_reader_of_one_service_gets_the_correction_of_that_service(town):
    town.measure(range(60))
    corpus = corpus_of(Scope(service_ids=frozenset({town.taxes.pk})))

    found = measuring(corpus).sample(corpus.select())

    assert (found.coded, found.frame_size) == (45, 90)
