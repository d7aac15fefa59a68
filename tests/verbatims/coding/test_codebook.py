"""The codebook: edited, versioned, retired, applied again without undoing what people said."""

import pytest

from ecoute.core.jobs import run_all
from ecoute.directory.enums import Role
from ecoute.verbatims.actions import coding, themes
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.subjects import adopt_subject, reject_subject
from ecoute.verbatims.models import AnalysisRun, DiscoveredSubject, Segment, SegmentTheme, Theme
from ecoute.verbatims.queries.codebooks import codebook_for_methods
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def codebook():
    return load_default_codebook(by=None)


@pytest.fixture
def officer(client):
    user = make_user(Role.QUALITY_OFFICER)
    client.force_login(user)
    return user


def test_the_default_codebook_has_the_five_tags_of_the_state_and_finer_themes(codebook):
    roots = set(codebook.themes.filter(parent=None).values_list("slug", flat=True))

    assert roots == {
        "accessibilite",
        "information-explication",
        "relation",
        "reactivite",
        "simplicite-complexite",
    }
    finer = codebook.themes.exclude(parent=None)
    assert finer.count() >= 25
    for theme in codebook.themes.all():
        assert theme.label_fr, theme.slug
        assert theme.label_en, theme.slug
        assert theme.definition_fr, theme.slug
        assert theme.definition_en, theme.slug
    for theme in finer:
        assert len(theme.examples_fr) >= 3, theme.slug


def test_loading_it_twice_changes_nothing(codebook):
    assert load_default_codebook(by=None) == codebook
    assert codebook.version == 1


def test_each_change_makes_a_version_and_no_change_makes_none(codebook, officer):
    theme = codebook.themes.exclude(parent=None).first()

    themes.change_theme(theme=theme, by=officer, label_fr=theme.label_fr)
    same = type(codebook).objects.get().version
    themes.change_theme(theme=theme, by=officer, label_fr="Autre libellé")

    assert (same, type(codebook).objects.get().version) == (1, 2)


def test_a_theme_cannot_stand_below_itself(codebook, officer):
    child = codebook.themes.exclude(parent=None).first()

    with pytest.raises(ValueError):
        themes.change_theme(theme=child.parent, by=officer, parent=child)


def test_the_form_makes_a_theme_and_says_what_is_wrong(client, codebook, officer):
    parent = codebook.themes.get(slug="relation")

    refused = client.post("/plan-de-codage/nouveau/", {"label_fr": ""})
    made = client.post(
        "/plan-de-codage/nouveau/",
        {"label_fr": "Parking", "parent": parent.pk, "examples_fr": "Le parking est plein.\nImpossible de se garer."},
    )

    assert refused.status_code == 200
    assert made.status_code == 302
    theme = Theme.objects.get(slug="parking")
    assert theme.parent == parent
    assert theme.examples_fr == ["Le parking est plein.", "Impossible de se garer."]


def test_retiring_and_bringing_back(client, codebook, officer):
    slug = codebook.themes.exclude(parent=None).first().slug

    client.post(f"/plan-de-codage/{slug}/retirer/")
    retired = Theme.objects.get(slug=slug).retired_at
    client.post(f"/plan-de-codage/{slug}/remettre/")

    assert retired is not None
    assert Theme.objects.get(slug=slug).retired_at is None


def test_recoding_keeps_what_people_said(codebook, officer):
    verbatim = make_verbatim(
        "Le parking de la préfecture est toujours plein.", services=[make_service()], ideas=[Idea()]
    )
    segment = Segment.objects.get(verbatim=verbatim)
    kept = codebook.themes.get(slug="relation")
    coding.add_theme(segment=segment, theme=kept, by=officer)
    parking = themes.add_new_theme(codebook=codebook, by=officer, label_fr="Parking", cues=["parking"])

    themes.enqueue_recoding(by=officer)
    run_all()

    found = set(SegmentTheme.objects.filter(segment=segment, rejected=False).values_list("theme__slug", "origin"))
    assert ("relation", "person") in found
    assert (parking.slug, "machine") in found


def test_recoding_does_not_bring_back_what_a_person_rejected(codebook, officer):
    verbatim = make_verbatim("Le parking est toujours plein.", services=[make_service()], ideas=[Idea()])
    segment = Segment.objects.get(verbatim=verbatim)
    parking = themes.add_new_theme(codebook=codebook, by=officer, label_fr="Parking", cues=["parking"])
    themes.enqueue_recoding(by=officer)
    run_all()
    coding.reject_theme(segment=segment, theme=parking, by=officer)

    themes.enqueue_recoding(by=officer)
    run_all()

    assert SegmentTheme.objects.get(segment=segment, theme=parking).rejected


def test_a_subject_is_adopted_with_its_examples_or_set_aside(codebook, officer):
    verbatim = make_verbatim("Le parking est payant.", services=[make_service()], ideas=[Idea()])
    subject = DiscoveredSubject.objects.create(
        run=AnalysisRun.objects.create(), name="parking", phrases=["parking payant"], cohesion=0.5,
        members=[verbatim.pk], exemplars=[verbatim.pk],
    )  # fmt: skip

    theme = adopt_subject(subject=subject, label="Parking", parent=None, by=officer)
    reject_subject(subject=subject, by=officer)

    assert (theme.exemplars, theme.examples_fr) == ([verbatim.pk], [])
    assert codebook_for_methods(codebook).get("parking").examples_fr == ("Le parking est payant.",)
    assert theme.cues == ["parking payant"]
    subject.refresh_from_db()
    assert (subject.state, subject.theme) == ("rejected", theme)


@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [
        (Role.AGENT, 200, 403),
        (Role.HEAD, 200, 403),
        (Role.CORRESPONDENT, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.QUALITY_OFFICER, 200, 200),
    ],
)
def test_who_reads_and_who_edits(client, codebook, role, reads, edits):
    client.force_login(make_user(role))

    assert client.get("/plan-de-codage/").status_code == reads
    assert client.get("/sujets/").status_code == reads
    assert client.get("/plan-de-codage/relation/").status_code == edits
    assert client.get("/plan-de-codage/nouveau/").status_code == edits


def test_the_codebook_that_all_share_is_not_edited_from_one_branch(client, codebook):
    client.force_login(make_user(Role.QUALITY_OFFICER, make_service("Ici")))

    assert client.get("/plan-de-codage/").status_code == 200
    assert client.get("/plan-de-codage/relation/").status_code == 403
    assert client.post("/plan-de-codage/relation/retirer/").status_code == 403
    assert client.post("/plan-de-codage/recoder/").status_code == 403


def test_a_reader_of_one_branch_learns_nothing_of_the_words_of_others(client, codebook):
    here, elsewhere = make_service("Ici"), make_service("Ailleurs")
    wait = make_theme("attente-ailleurs", codebook=codebook)
    mine = [make_verbatim("Le parking est payant.", services=[here, elsewhere]) for _ in range(5)]
    theirs = [make_verbatim("Dossier de Zoé perdu.", services=[elsewhere], ideas=[Idea()]) for _ in range(5)]
    SegmentTheme.objects.create(segment=theirs[0].segments.get(), theme=wait, confidence=1)
    DiscoveredSubject.objects.create(
        run=AnalysisRun.objects.create(), name="Dossier de zoé, parking", phrases=["dossier de zoé", "parking"],
        cohesion=0.5, members=[one.pk for one in mine + theirs], exemplars=[theirs[0].pk, mine[0].pk],
    )  # fmt: skip
    client.force_login(make_user(Role.AGENT, here))

    subjects, themes = client.get("/sujets/"), client.get("/plan-de-codage/")

    assert [(s.name, s.phrases, s.count) for s in subjects.context["subjects"]] == [("Parking", ("parking",), 5)]
    assert "zoé" not in subjects.text.casefold()
    assert {t.slug: n for group in themes.context["groups"] for t, n in group}["attente-ailleurs"] == 0
