"""The pages of learning: what was learned, what recoding would change, what to code next."""

import numpy as np
import pytest
from django.urls import reverse

from ecoute.core import switches
from ecoute.core.jobs import run_all
from ecoute.core.models import Job
from ecoute.directory.enums import Role
from ecoute.directory.facade import Permission, scope_of
from ecoute.verbatims.actions import coding
from ecoute.verbatims.actions.ask_learning import RECODE_AFTER
from ecoute.verbatims.actions.learning import ensure_learned
from ecoute.verbatims.actions.previewing import preview_recoding
from ecoute.verbatims.actions.recode import Silent, recode_all
from ecoute.verbatims.models import Segment, SegmentTheme, Verbatim
from ecoute.verbatims.queries.learning import since_last_learning, what_was_learned
from ecoute.verbatims.queries.recoding import estimate, last_preview
from ecoute.verbatims.queries.to_code import next_to_code
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_verbatim

from .conftest import LAUNDRY, PARKING

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\xa0", " ").split())


@pytest.fixture
def themes(laundry, parking):
    return {"linge": laundry, "stationnement": parking}


@pytest.fixture
def signed_in(client, officer):
    client.force_login(officer)
    return client


def test_the_preview_says_what_recoding_then_does(codebook, themes, officer, said, signed_in):
    said("Le parking est plein."), said("Le linge était sale."), said("Bonjour.")
    wrong = make_verbatim("Rien à signaler.", services=[make_service()], ideas=[Idea(themes=["linge"])])

    signed_in.post(reverse("verbatims:recoding_preview_ask"))
    run_all()
    page = text_of(signed_in.get(reverse("verbatims:recoding_preview")))

    found = last_preview(codebook)
    assert found.exact
    assert found.fresh
    assert (found.sample, found.changed.value) == (4, 3)
    by_slug = {row.slug: row for row in found.themes}
    assert (by_slug["linge"].gained.value, by_slug["linge"].lost.value) == (1, 1)
    assert [passage.uid for passage in by_slug["linge"].gone] == [wrong.uid]
    assert by_slug["stationnement"].appeared[0].text == "Le parking est plein."
    assert SegmentTheme.objects.count() == 1  # nothing was written
    assert "3 verbatims changeraient de thèmes" in page
    assert "Rien à signaler." in page
    result = recode_all(Silent())
    assert (result["appeared"], result["gone"]) == (2, 1)


def test_what_people_said_is_not_foretold_to_change(codebook, themes, officer, said):
    verbatim = said("Rien à signaler.")
    coding.add_theme(segment=verbatim.segments.get(), theme=themes["linge"], by=officer)
    refused = said("Le parking est plein.")
    coding.reject_theme(segment=refused.segments.get(), theme=themes["stationnement"], by=officer)

    result = preview_recoding(Silent())

    assert result["changed"] == 0


def test_a_sample_gives_an_interval_that_holds_its_own_count():
    found = estimate(60, 500, 10_000)

    assert found.value == 1200
    assert found.low < 1200 < found.high
    assert not found.exact
    assert (estimate(0, 500, 10_000).low, estimate(0, 500, 10_000).high > 0) == (0, True)
    assert estimate(3, 40, 40) == type(found)(3, 3, 3, exact=True)


def test_a_preview_of_another_codebook_is_said_to_be_old(codebook, themes, officer, said, signed_in):
    from ecoute.verbatims.actions.themes import change_theme

    said("Le parking est plein.")
    signed_in.post(reverse("verbatims:recoding_preview_ask"))
    run_all()
    change_theme(theme=themes["linge"], by=officer, cues=["drap*"])
    codebook.refresh_from_db()

    page = text_of(signed_in.get(reverse("verbatims:recoding_preview")))

    assert not last_preview(codebook).fresh
    assert "calculez-le de nouveau" in page
    assert "Appliquer" not in page


def test_the_page_says_what_was_learned_and_refuses_to_judge_on_few_examples(
    codebook, themes, officer, said, signed_in
):
    before = text_of(signed_in.get(reverse("verbatims:learned")))
    for text in LAUNDRY[2:]:
        coding.add_theme(segment=said(text).segments.get(), theme=themes["linge"], by=officer)
    ensure_learned(codebook, Silent())

    page = text_of(signed_in.get(reverse("verbatims:learned")))

    assert "n’a encore rien appris" in before
    assert "6 passages codés par des personnes" in page
    assert "pas assez d’exemples" in page
    linge = next(theme for theme in what_was_learned().themes if theme.slug == "linge")
    assert (linge.sentences, linge.given, linge.refused, linge.precision) == (2, 6, 0, None)


def test_a_theme_taught_often_enough_is_judged_with_its_base_and_interval(codebook, themes, officer, said):
    for text in [*LAUNDRY, *(f"Encore du linge sale, le {day} mai." for day in range(4))]:
        coding.add_theme(segment=said(text).segments.get(), theme=themes["linge"], by=officer)
    for text in PARKING:
        coding.add_theme(segment=said(text).segments.get(), theme=themes["stationnement"], by=officer)
        coding.reject_theme(segment=said(text).segments.get(), theme=themes["linge"], by=officer)
    ensure_learned(codebook, Silent())

    linge = next(theme for theme in what_was_learned().themes if theme.slug == "linge")

    assert linge.recall.base == 14
    assert 0 <= linge.recall.low <= linge.recall.value <= linge.recall.high <= 1
    assert linge.recall.value > 0.5


def test_corrections_are_counted_since_the_last_learning(codebook, themes, officer, said):
    coding.add_theme(segment=said(LAUNDRY[2]).segments.get(), theme=themes["linge"], by=officer)
    before = since_last_learning().total
    ensure_learned(codebook, Silent())
    after = since_last_learning().total
    coding.add_theme(segment=said(LAUNDRY[3]).segments.get(), theme=themes["linge"], by=officer)

    assert (before, after, since_last_learning().total) == (1, 0, 1)


def test_learning_and_the_switch_are_for_those_who_edit_the_codebook(client, signed_in, officer):
    signed_in.post(reverse("verbatims:learn"))
    signed_in.post(reverse("verbatims:learn_automatic"), {"on": "1"})
    asked = Job.objects.filter(kind="verbatims.learn", key="verbatims.learn.now").count()
    on = switches.is_on(RECODE_AFTER)
    client.force_login(make_user(Role.AGENT))

    refused = [client.post(reverse(f"verbatims:{name}")).status_code for name in ("learn", "learn_automatic")]
    preview = client.get(reverse("verbatims:recoding_preview")).status_code

    assert (asked, on, refused, preview) == (1, True, [403, 403], 403)


# --- What to code next


def direction(*place: int) -> np.ndarray:
    vector = np.zeros(512)
    vector[list(place)] = 1.0
    return vector / np.linalg.norm(vector)


@pytest.fixture
def doubted(service, themes):
    def make(text: str, probability: float, vector=None, theme: str = "linge", **fields) -> Verbatim:
        verbatim = make_verbatim(text, services=[fields.pop("at", service)], ideas=[Idea()], vector=vector, **fields)
        Segment.objects.filter(verbatim=verbatim).update(unsure_themes=[[themes[theme].pk, probability, "test 1"]])
        return verbatim

    return make


def chosen(officer, **options) -> list[str]:
    return [p.verbatim.text for p in next_to_code(scope_of(officer, Permission.CODE), **options)]


def test_the_most_hesitant_come_first_and_ten_alike_are_not_shown(doubted, officer):
    for n in range(5):
        doubted(f"Tous pareils {n}", 0.5 - n / 1000, direction(0))
    doubted("Autre chose", 0.4, direction(1))
    doubted("Encore autre chose", 0.4, direction(2))

    assert chosen(officer, limit=3) == ["Tous pareils 0", "Autre chose", "Encore autre chose"]


def test_what_serves_to_measure_what_is_coded_and_what_is_elsewhere_is_not_proposed(doubted, officer, themes, service):
    doubted("Gardé pour mesurer", 0.5, kept_for_measuring=True)
    doubted("Retiré", 0.5, withdrawn_at="2026-01-01T00:00Z")
    coded = doubted("Déjà codé", 0.5)
    coding.reject_theme(segment=coded.segments.get(), theme=themes["linge"], by=officer)
    elsewhere = make_service("Ailleurs")
    doubted("Ailleurs", 0.5, at=elsewhere)
    doubted("Ici", 0.45)
    local = make_user(Role.HEAD, service)

    assert chosen(local) == ["Ici"]
    assert chosen(officer) == ["Ailleurs", "Ici"]


def test_without_any_doubt_verbatims_without_theme_are_proposed(said, codebook, themes, officer):
    said("Rien de reconnu ici.")

    assert chosen(officer) == ["Rien de reconnu ici."]


def test_the_page_shows_why_and_goes_from_one_to_the_next(doubted, officer, signed_in):
    first, second = doubted("Première hésitation", 0.5, direction(0)), doubted("Deuxième", 0.42, direction(1))

    listing = text_of(signed_in.get(reverse("verbatims:to_code")))
    page = text_of(signed_in.get(reverse("verbatims:code_one", args=[first.uid])))
    after = signed_in.post(reverse("verbatims:to_code_next", args=[first.uid]), {"tout": "1"})
    last = signed_in.post(reverse("verbatims:to_code_next", args=[second.uid]))
    end = text_of(signed_in.get(reverse("verbatims:to_code")))

    assert "La machine hésite sur « Linge » (50 %)" in listing
    assert "Personne n’a encore rien dit de ce thème." in listing
    assert "Première hésitation" in page
    assert "Tout est juste, suivant" in page
    assert after.url == reverse("verbatims:code_one", args=[second.uid])
    assert first.segments.get().checked_by == officer
    assert last.url == reverse("verbatims:to_code")
    assert "Rien à coder pour l’instant" in end
    assert "1 correction depuis le dernier apprentissage" in end


def test_what_was_passed_over_comes_back_when_asked(doubted, officer, signed_in):
    verbatim = doubted("À revoir", 0.5)
    signed_in.post(reverse("verbatims:to_code_next", args=[verbatim.uid]))
    passed = text_of(signed_in.get(reverse("verbatims:to_code")))

    signed_in.post(reverse("verbatims:to_code_take_back"))

    assert "À revoir" not in passed
    assert "À revoir" in text_of(signed_in.get(reverse("verbatims:to_code")))


def test_a_verbatim_out_of_scope_cannot_be_coded_here(doubted, client, service):
    verbatim = doubted("Ailleurs", 0.5, at=make_service("Ailleurs"))
    client.force_login(make_user(Role.HEAD, service))

    assert client.get(reverse("verbatims:code_one", args=[verbatim.uid])).status_code == 404
    assert client.post(reverse("verbatims:to_code_next", args=[verbatim.uid]), {"tout": "1"}).status_code == 404
    assert verbatim.segments.get().checked_at is None
