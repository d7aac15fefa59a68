"""Each correction can be taken back by whom made it; doubted themes are settled in one press; measured ones refused."""

import json

import pytest
from django.db import connection

from ecoute.directory.enums import Role
from ecoute.verbatims.actions import coding, merging_themes, splitting
from ecoute.verbatims.actions.corrections import CannotUndo, undo_correction
from ecoute.verbatims.models import Correction, SegmentTheme, Verbatim
from ecoute.verbatims.queries.segments import coded_passages, passages_of
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_codebook, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def service():
    return make_service("Impôts")


@pytest.fixture
def officer(client, service):
    user = make_user(Role.QUALITY_OFFICER, service)
    client.force_login(user)
    return user


@pytest.fixture
def segment(service):
    return make_verbatim("J'ai attendu.", services=[service], ideas=[Idea(themes=["attente"])]).segments.get()


def state(segment):
    segment.refresh_from_db()
    codes = SegmentTheme.objects.filter(segment=segment).order_by("theme__slug")
    rows = [(c.theme.slug, c.confidence, c.origin, c.rejected, c.evidence, c.coded_by_id, c.coded_at) for c in codes]
    judged = [
        (getattr(segment, w), getattr(segment, f"{w}_confidence"), getattr(segment, f"{w}_origin"))
        for w in ("nature", "polarity")
    ]
    return rows, judged, segment.corrected_by_id, segment.corrected_at


CHANGES = {
    "add": lambda s, by: coding.add_theme(segment=s, theme=make_theme("courtoisie"), by=by),
    "agree": lambda s, by: coding.add_theme(segment=s, theme=make_theme("attente"), by=by),
    "reject": lambda s, by: coding.reject_theme(segment=s, theme=make_theme("attente"), by=by),
    "nature": lambda s, by: coding.set_nature(segment=s, nature="praise", by=by),
    "polarity": lambda s, by: coding.set_polarity(segment=s, polarity="positive", by=by),
    "sort": lambda s, by: splitting.sort_passage(
        segment=s, theme=make_theme("attente"), into=make_theme("guichet", make_theme("attente")), by=by
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_undoing_puts_everything_back(segment, officer, change):
    before = state(segment)

    correction = change(segment, officer)
    after = state(segment)
    revision = Verbatim.objects.get().revision
    undo_correction(correction=correction, by=officer)

    assert after != before
    assert state(segment) == before
    assert Verbatim.objects.get().revision > revision


def test_only_the_last_word_on_a_thing_can_be_taken_back_and_by_its_author(segment, officer, service):
    other = make_user(Role.QUALITY_OFFICER, service)
    first = coding.set_polarity(segment=segment, polarity="neutral", by=officer)
    second = coding.set_polarity(segment=segment, polarity="positive", by=officer)

    for correction, by in ((first, officer), (second, other)):
        with pytest.raises(CannotUndo):
            undo_correction(correction=correction, by=by)
    undo_correction(correction=second, by=officer)
    undo_correction(correction=first, by=officer)
    with pytest.raises(CannotUndo):
        undo_correction(correction=first, by=officer)

    assert state(segment)[1][1] == ("negative", 0.7, "machine")


def test_a_correction_of_a_theme_merged_since_is_not_taken_back(segment, officer):
    correction = coding.add_theme(segment=segment, theme=make_theme("courtoisie"), by=officer)
    merging_themes.merge_themes(theme=make_theme("courtoisie"), into=make_theme("accueil"), by=officer)
    before = state(segment)

    with pytest.raises(CannotUndo):
        undo_correction(correction=Correction.objects.get(pk=correction.pk), by=officer)

    assert state(segment) == before


def test_what_somebody_said_whose_account_is_no_more_is_put_back_without_a_name(segment, officer, service):
    other = make_user(Role.QUALITY_OFFICER, service)
    coding.add_theme(segment=segment, theme=make_theme("attente"), by=other)
    correction = coding.reject_theme(segment=segment, theme=make_theme("attente"), by=officer)
    other.delete()

    undo_correction(correction=correction, by=officer)

    code = SegmentTheme.objects.get()
    assert (code.rejected, code.origin, code.coded_by) == (False, "person", None)
    connection.check_constraints()


def test_a_theme_the_machine_was_unsure_of_is_accepted_or_rejected(segment, officer):
    theme = make_theme("accueil")
    segment.unsure_themes = [[theme.pk, 0.48, "themes-learned 3"]]
    segment.save()
    shown = coded_passages(segment.verbatim)[0].unsure[0]

    coding.reject_theme(segment=segment, theme=theme, by=officer)
    row = SegmentTheme.objects.get(theme=theme)
    refused = (row.rejected, row.origin, row.confidence, row.engine)
    coding.add_theme(segment=segment, theme=theme, by=officer)
    row.refresh_from_db()

    assert (shown.label, shown.confidence, shown.engine) == ("Accueil", 0.48, "themes-learned 3")
    assert refused == (True, "machine", 0.48, "")  # it doubted, it gave nothing: its name stands by no code
    assert (row.rejected, row.origin, row.coded_by, row.engine) == (False, "person", officer, "")
    assert coded_passages(segment.verbatim)[0].unsure == ()


def test_the_page_shows_doubts_and_settles_them_in_one_press(client, segment, officer):
    segment.unsure_themes = [[make_theme("accueil").pk, 0.48, "themes-learned 3"]]
    segment.save()
    page = f"/verbatims/{segment.verbatim.uid}/"

    before = client.get(page).content.decode()
    answer = client.post(f"/segments/{segment.pk}/", {"do": "add:accueil"}, headers={"HX-Request": "true"})
    after = client.get(page).content.decode()

    told = json.loads(answer.headers["HX-Trigger-After-Settle"])["corrected"]
    assert "Pas sûr : Accueil (48\u202f%)" in before.replace("\xa0", "\u202f")
    assert told["undo"] == Correction.objects.get().pk
    assert "Pas sûr" not in after
    assert "Annuler : thème « Accueil »" in after


def test_undoing_on_the_page_without_scripts(client, segment, officer):
    address = f"/segments/{segment.pk}/"

    client.post(address, {"do": "polarity:positive"})
    corrected = state(segment)[1][1]
    answer = client.post(address, {"do": f"undo:{Correction.objects.get().pk}"}, follow=True)

    assert corrected == ("positive", 1.0, "person")
    assert state(segment)[1][1] == ("negative", 0.7, "machine")
    assert "Correction annulée." in answer.content.decode()


def test_a_verbatim_kept_for_measuring_is_not_corrected_here(client, segment, officer):
    Verbatim.objects.update(kept_for_measuring=True)
    before = state(segment)

    with pytest.raises(coding.KeptForMeasuring):
        coding.set_nature(segment=segment, nature="praise", by=officer)
    answer = client.post(f"/segments/{segment.pk}/", {"do": "reject:attente"}, headers={"HX-Request": "true"})
    page = client.get(f"/verbatims/{segment.verbatim.uid}/").content.decode()

    assert state(segment) == before
    assert "codez-le dans la salle de codage" in answer.content.decode()
    assert "codez-le dans la salle de codage" in page
    assert "data-add-open" not in page


def test_every_code_says_where_it_comes_from(client, segment, officer):
    code = SegmentTheme.objects.get()
    code.evidence, code.codebook_version = [[0, 4]], make_codebook().version
    code.save()
    segment.polarity_evidence, segment.polarity_engine = [[5, 12]], "polarity-blend 2"
    segment.save()

    text = client.get(f"/verbatims/{segment.verbatim.uid}/").content.decode()

    assert "<q>J&#x27;ai</q>" in text
    assert "<q>attendu</q>" in text
    for words in ("test 1", "polarity-blend 2", "Plan de codage, version 1", "Signes 0 à 13"):
        assert words in text


def test_passages_of_several_verbatims_cost_the_same_queries(service, officer, django_assert_num_queries):
    ids = [
        make_verbatim("Un.", services=[service], ideas=[Idea(themes=["attente"])]).segments.get().pk for _ in range(4)
    ]

    with django_assert_num_queries(4):
        found = passages_of(ids[::-1], officer)

    assert [passage.pk for passage in found] == ids[::-1]


def test_themes_to_type_are_those_in_use(client, officer):
    parent = make_theme("accueil")
    make_theme("guichet", parent)
    make_theme("ancien", retired_at="2023-01-01T00:00:00Z")

    rows = client.get("/plan-de-codage/themes.json").json()["themes"]

    assert rows == [
        {"slug": "accueil", "label": "Accueil", "under": ""},
        {"slug": "guichet", "label": "Guichet", "under": "Accueil"},
    ]


def test_passages_to_review_are_those_of_the_filters_the_least_sure_first(client, service, officer):
    for share in (0.9, 0.4):
        make_verbatim("Attendu.", services=[service], ideas=[Idea(themes=["attente"], confidence=share)])
    make_verbatim("Rien.", services=[service], ideas=[Idea()])
    make_verbatim("Mesuré.", services=[service], ideas=[Idea(themes=["attente"])], kept_for_measuring=True)
    make_verbatim("Ailleurs.", services=[make_service("Ailleurs")], ideas=[Idea(themes=["attente"])])

    everything, one = client.get("/passages/"), client.get("/passages/?theme=attente")

    assert [p.codes[0].confidence if p.codes else None for p in everything.context["passages"]] == [0.4, 0.9, None]
    assert [p.text for p in one.context["passages"]] == ["Attendu.", "Attendu."]


def test_a_correction_from_the_list_goes_back_to_it(client, segment, officer):
    data = {"do": "reject:attente", "next": "/passages/?theme=attente&page=1"}

    kept = client.post(f"/segments/{segment.pk}/", data)
    elsewhere = client.post(f"/segments/{segment.pk}/", data | {"next": "https://exemple.org/"})

    assert kept.url == f"/passages/?theme=attente&page=1#segment-{segment.pk}"
    assert elsewhere.url.startswith("/verbatims/")
