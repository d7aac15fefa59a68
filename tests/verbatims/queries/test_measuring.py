"""What the coding room reads of verbatims and says of them."""

import pytest
from django.utils import timezone

from ecoute.directory.facade import Scope
from ecoute.verbatims.facade import (
    Filters,
    coding_themes,
    corpus_of,
    held_within,
    keep_for_measuring,
    machine_themes,
    masked_words,
    readable_among,
    release,
)
from ecoute.verbatims.models import Theme, Verbatim
from tests.factories.verbatims import Idea, make_codebook, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
EVERYTHING = Scope(everything=True)


@pytest.fixture
def offices():
    return make_service("Impôts", short_name="DGFiP"), make_service("Douanes")


def of(*services):
    return Scope(service_ids=frozenset(service.pk for service in services))


def test_masked_words_tell_the_words_and_where_they_come_from_nothing_coded(offices):
    taxes, customs = offices
    said = make_verbatim("Deux heures.", title="Attente", services=[taxes, customs], channel="phone",
                         ideas=[Idea(("attente",))])  # fmt: skip

    words = masked_words([said.pk], of(taxes))[said.pk]

    assert (words.text, words.services, words.channel_label) == ("Attente\nDeux heures.", ("DGFiP",), "Téléphone")
    assert not {"spans", "themes", "parts", "polarity"} & set(type(words).__slots__)


def test_what_may_not_be_read_is_left_out(offices):
    taxes, customs = offices
    mine, other = make_verbatim(services=[taxes]), make_verbatim(services=[customs])
    gone = make_verbatim(services=[taxes], withdrawn_at=timezone.now())
    unmasked = make_verbatim(services=[taxes], masking_version=0)
    alone = make_verbatim()
    ids = [one.pk for one in (mine, other, gone, unmasked, alone)]

    assert readable_among(ids, of(taxes)) == {mine.pk}
    assert set(masked_words(ids, of(taxes))) == {mine.pk}
    assert readable_among(ids, EVERYTHING) == {mine.pk, other.pk, alone.pk}
    assert readable_among(ids, Scope()) == frozenset()


def test_words_cost_the_same_for_one_and_for_five(offices, django_assert_num_queries):
    ids = [make_verbatim(services=offices).pk for _ in range(5)]

    for some in (ids[:1], ids):
        with django_assert_num_queries(2):
            assert len(masked_words(some, of(*offices))) == len(some)


def test_the_machine_found_what_bears_its_name():
    said = make_verbatim(ideas=[Idea(("attente", "accueil"), rejected=("clarte",))])
    silent = make_verbatim()

    found = machine_themes([said.pk, silent.pk])

    assert found[silent.pk] == frozenset()
    assert found[said.pk] == set(Theme.objects.values_list("pk", flat=True))


def test_how_much_of_a_selection_somebody_else_holds(offices):
    taxes, customs = offices
    for services in ([taxes], [taxes, customs], [customs]):
        make_verbatim(services=services)
    chosen = corpus_of(EVERYTHING).select(Filters(services=(taxes.pk,)))

    assert [held_within(chosen, scope) for scope in (EVERYTHING, of(taxes), of(customs), Scope())] == [2, 2, 1, 0]


def test_only_leaves_in_use_are_coded_with():
    above = make_theme("acces", label_fr="Accès")
    wait = make_theme("attente", above)
    make_theme("ancien", retired_at=timezone.now())
    lonely = make_theme("orphelin")
    make_theme("disparu", lonely, retired_at=timezone.now())

    book = coding_themes()

    assert {(theme.id, theme.above) for theme in book.themes} == {(wait.pk, ("Accès",)), (lonely.pk, ())}
    assert book.labels[above.pk] == "Accès"


def test_merged_themes_count_as_the_last_one_they_went_into():
    last = make_theme("dernier")
    second = make_theme("second", merged_into=last, retired_at=timezone.now())
    first = make_theme("premier", merged_into=second, retired_at=timezone.now())
    book = coding_themes()

    assert book.now([first.pk, second.pk]) == {last.pk}
    assert book.now([10**6]) == frozenset()

    Theme.objects.filter(pk=last.pk).update(merged_into=first)  # a circle ends
    assert len(coding_themes().now([first.pk])) == 1


def test_without_a_codebook_there_is_nothing_to_code_with():
    assert coding_themes() is None
    make_codebook()
    assert coding_themes().themes == ()


def test_keeping_apart_and_releasing_leave_the_revision():
    ids = [make_verbatim().pk for _ in range(3)]
    before = list(Verbatim.objects.order_by("pk").values_list("revision", flat=True))

    assert keep_for_measuring(ids[:2]) == 2
    assert set(Verbatim.objects.filter(kept_for_measuring=True).values_list("pk", flat=True)) == set(ids[:2])
    assert release(ids[:1]) == 1

    assert list(Verbatim.objects.filter(kept_for_measuring=True).values_list("pk", flat=True)) == ids[1:2]
    assert list(Verbatim.objects.order_by("pk").values_list("revision", flat=True)) == before
