"""The codebook kept at each version, written as a table and read again, its themes reunited and divided."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ecoute.core.models import AuditEntry
from ecoute.directory.enums import Role
from ecoute.verbatims import codebook_table
from ecoute.verbatims.actions import coding, merging_themes, themes
from ecoute.verbatims.actions.codebook_files import CannotImport, import_into, planned
from ecoute.verbatims.actions.codebook_versions import restore_version, snapshot
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.splitting import CannotSplit, Part, split_theme
from ecoute.verbatims.models import (
    AnalysisRun,
    Codebook,
    CodebookVersion,
    DiscoveredSubject,
    Segment,
    SegmentTheme,
    Theme,
    Verbatim,
)
from ecoute.verbatims.queries.codebook_versions import compared, versions_of
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_codebook, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEADER = "slug;parent;label_fr;definition_fr;examples_fr;cues;retired"


@pytest.fixture
def book():
    make_theme("relation", label_fr="Relation", label_en="Relationship", examples_en=["Kind."])
    make_theme("accueil", make_theme("relation"), label_fr="Accueil", cues=["accueil", "guichet"])
    make_theme("attente", label_fr="Attente", examples_fr=["J'ai attendu."], includes_fr="files\nqueues")
    return make_codebook()


@pytest.fixture
def officer(client):
    user = make_user(Role.QUALITY_OFFICER)
    client.force_login(user)
    return user


# --- Versions


def test_each_change_keeps_the_codebook_as_it_was(book, officer):
    before = snapshot(book)

    themes.change_theme(theme=Theme.objects.get(slug="attente"), by=officer, label_fr="Délais")

    kept = {one.version: one for one in CodebookVersion.objects.all()}
    assert kept[1].themes == before
    assert (kept[2].change, kept[2].made_by) == ("codebooks.theme_changed", officer)
    [change] = [c for c in compared(kept[1].themes, kept[2].themes) if c.kind != "same"]
    assert (change.slug, change.kind) == ("attente", "changed")
    assert [(f.before, f.after) for f in change.fields] == [("Attente", "Délais")]


def test_going_back_is_a_new_version_and_erases_nothing(book, officer):
    themes.add_new_theme(codebook=book, by=officer, label_fr="Parking")
    themes.retire_theme(theme=Theme.objects.get(slug="accueil"), by=officer)

    restore_version(version=CodebookVersion.objects.get(version=1), by=officer)

    book.refresh_from_db()
    assert book.version == 4
    assert Theme.objects.get(slug="accueil").retired_at is None
    assert Theme.objects.get(slug="parking").retired_at is not None
    kept = CodebookVersion.objects.get(version=4)
    assert [
        c.kind for c in compared(CodebookVersion.objects.get(version=1).themes, kept.themes) if c.kind != "same"
    ] == ["added"]
    assert AuditEntry.objects.filter(verb="codebooks.restored", actor=officer).exists()


def test_pages_of_versions(client, book, officer):
    themes.change_theme(theme=Theme.objects.get(slug="attente"), by=officer, label_fr="Délais")

    listed = client.get("/plan-de-codage/versions/").content.decode()
    shown = client.get("/plan-de-codage/versions/2/").content.decode()
    missing = client.get("/plan-de-codage/versions/9/")
    client.post("/plan-de-codage/versions/1/retablir/")

    assert "Thème modifié" in listed
    assert f"par {officer}" in listed
    assert "<del>Attente</del><ins>Délais</ins>" in shown
    assert missing.status_code == 404
    assert Theme.objects.get(slug="attente").label_fr == "Attente"


def test_the_page_says_which_version_gave_the_codes_on_screen(client, book, officer):
    made = make_verbatim(
        "J'ai attendu.", services=[make_service("Impôts")], ideas=[Idea(themes=["attente", "accueil"])]
    )
    SegmentTheme.objects.filter(segment__verbatim=made).update(codebook_version=1)
    themes.change_theme(theme=Theme.objects.get(slug="attente"), by=officer, label_fr="Délais")

    lines = client.get("/plan-de-codage/versions/").context["versions"]

    assert [(line.version, line.codes) for line in lines] == [(2, 0), (1, 2)]


# --- Tables


def test_what_is_written_is_read_again_and_changes_nothing(book, officer):
    table = codebook_table.written(snapshot(book))

    plan = planned(table, codebook=book)

    assert plan.sound
    assert plan.changes == ()
    assert table.splitlines()[0].lstrip("\ufeff").split(",") == list(codebook_table.COLUMNS)


def test_the_default_codebook_is_whole_in_both_languages_and_survives_a_table():
    book = load_default_codebook(by=None)
    rows = codebook_table.parsed(codebook_table.written(snapshot(book)))

    assert rows.problems == []
    assert len(rows.rows) == book.themes.count()
    finer = {row["parent"] for row in rows.rows if row["parent"]}
    for row in rows.rows:
        assert row["label_en"], row["slug"]
        assert row["definition_en"], row["slug"]
        if row["slug"] not in finer:
            assert row["examples_en"], row["slug"]
    assert planned(codebook_table.written(snapshot(book)), codebook=book).changes == ()


def test_a_table_adds_changes_and_retires_in_one_version(book, officer):
    text = f"{HEADER}\nattente;;Délais;;Trop long. | J'attends.;;\nparking;relation;Parking;;;parking|stationner*;\n"

    plan = planned(text, codebook=book, retire_missing=True)
    import_into(codebook=book, text=text, retire_missing=True, version=1, by=officer)

    assert {c.slug: c.kind for c in plan.changes} == {
        "attente": "changed",
        "parking": "added",
        "relation": "retired",
        "accueil": "retired",
    }
    book.refresh_from_db()
    assert book.version == 2
    wait = Theme.objects.get(slug="attente")
    assert (wait.label_fr, wait.examples_fr) == ("Délais", ["Trop long.", "J'attends."])
    assert wait.includes_fr == "files\nqueues"  # the file has no such column
    parking = Theme.objects.get(slug="parking")
    assert (parking.parent.slug, parking.cues) == ("relation", ["parking|stationner*"])
    assert Theme.objects.get(slug="accueil").retired_at is not None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("label_fr\nX\n", 1, "Il manque la colonne « slug »"),
        ("slug,label_fr,couleur\na,A,bleu\n", 1, "La colonne « couleur » n’est pas connue"),
        ("slug,label_fr\na,A\na,B\n", 3, "déjà à la ligne 2"),
        ("slug,label_fr\nA B,A\n", 2, "n’est pas un nom court"),
        ("slug,label_fr\na,\n", 2, "Il manque le libellé"),
        ("slug,label_fr,parent\na,A,nulle-part\n", 2, "nulle-part"),
        ("slug,label_fr,parent\na,A,b\nb,B,a\n", 2, "au-dessous de lui-même"),
        ("slug,label_fr,parent\nrelation,Relation,accueil\n", 2, "au-dessous de lui-même"),  # « accueil » is below it
        ("slug,label_fr\na,A,trop\n", 2, "plus de cellules"),
        ("slug,label_fr,cues\na,A,..\n", 2, "ne peut pas être lu"),
        ('slug,label_fr\na,"A\n', 2, "ne peut pas être lue"),
        ("slug,label_fr\n", 0, "aucun thème"),
        ("", 1, "Il manque la colonne"),
    ],
)
def test_faults_are_told_with_their_line_and_nothing_goes_in(book, officer, text, line, words):
    before = snapshot(book)

    plan = planned(text, codebook=book)
    with pytest.raises(CannotImport):
        import_into(codebook=book, text=text, retire_missing=True, version=1, by=officer)

    assert (plan.parsed.problems[0].line, words in plan.parsed.problems[0].text) == (line, True), plan.parsed.problems
    assert snapshot(book) == before
    assert not CodebookVersion.objects.exists()


def test_a_formula_in_a_cell_is_made_harmless_and_read_back(book, officer):
    themes.change_theme(theme=Theme.objects.get(slug="attente"), by=officer, definition_fr="=HYPERLINK(1)")

    table = codebook_table.written(snapshot(book))

    assert "'=HYPERLINK(1)" in table
    assert planned(table, codebook=book).changes == ()


def test_the_pages_show_what_would_change_before_it_does(client, book, officer):
    data = f"{HEADER}\nattente;;Délais;;;;\n".encode("cp1252")

    upload = SimpleUploadedFile("plan.csv", data)
    shown = client.post("/plan-de-codage/importer/", {"file": upload, "name": ""})
    untouched = Theme.objects.get(slug="attente").label_fr
    client.post("/plan-de-codage/importer/", {"content": shown.context["content"], "version": "1", "name": ""})

    assert "<ins>Délais</ins>" in shown.content.decode()
    assert (untouched, Theme.objects.get(slug="attente").label_fr) == ("Attente", "Délais")
    assert client.get("/plan-de-codage/plan.csv").content.decode("utf-8-sig").startswith("slug,parent,label_fr")


def test_a_plan_changed_meanwhile_is_looked_at_again(client, book, officer):
    text = f"{HEADER}\nattente;;Délais;;;;\n"
    themes.change_theme(theme=Theme.objects.get(slug="attente"), by=officer, label_fr="Lenteur")

    answer = client.post("/plan-de-codage/importer/", {"content": text, "version": "1", "name": ""})

    assert "a changé entre-temps" in answer.content.decode()
    assert Theme.objects.get(slug="attente").label_fr == "Lenteur"


def test_a_second_codebook_is_imported_and_put_to_use(client, book, officer):
    client.post(
        "/plan-de-codage/importer/", {"content": "slug,label_fr\nidee,Idée\n", "version": "1", "name": "Projets"}
    )
    second = Codebook.objects.get(name_fr="Projets")
    before = (second.is_active, Codebook.objects.get(pk=book.pk).is_active)

    client.post(f"/plan-de-codage/autres/{second.pk}/")

    assert before == (False, True)
    assert list(Codebook.objects.filter(is_active=True)) == [second]


# --- Reunited and divided


@pytest.fixture
def coded(book, officer):
    """Four passages: one with both themes, one with the first, one where it is rejected, one with the second."""
    service = make_service("Impôts")
    ideas = [Idea(themes=["accueil", "attente"]), Idea(themes=["accueil"]), Idea(rejected=["accueil"])]
    made = [make_verbatim("J'ai attendu.", services=[service], ideas=[one]) for one in ideas]
    coding.add_theme(segment=made[0].segments.get(), theme=Theme.objects.get(slug="accueil"), by=officer)
    return made


def codes():
    rows = SegmentTheme.objects.order_by("segment_id", "theme__slug")
    return list(rows.values_list("segment_id", "theme__slug", "origin", "rejected", "coded_by_id", "coded_at"))


def test_merging_moves_codes_keeps_the_surer_and_can_be_undone(book, coded, officer):
    before, revisions = codes(), dict(Verbatim.objects.values_list("pk", "revision"))
    one, other = Theme.objects.get(slug="accueil"), Theme.objects.get(slug="attente")
    preview = merging_themes.merge_preview(theme=one, into=other)

    merging_themes.merge_themes(theme=one, into=other, by=officer)

    merged = [(segment, slug, origin) for segment, slug, origin, *_rest in codes()]
    segments = [verbatim.segments.get().pk for verbatim in coded]
    assert (preview.moving, preview.doubled, preview.refused, preview.verbatims) == (1, 1, 1, 2)
    assert merged == [(segments[0], "attente", "person"), (segments[1], "attente", "machine")]
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.merged_into, one.retired_at is not None, other.cues) == (other, True, ["accueil", "guichet"])
    assert all(Verbatim.objects.get(pk=pk).revision > number for pk, number in revisions.items())
    assert versions_of(Codebook.objects.get())[0].undoable

    merging_themes.undo_merge(version=CodebookVersion.objects.latest("version"), by=officer)

    one.refresh_from_db()
    other.refresh_from_db()
    assert codes() == before
    assert (one.merged_into, one.retired_at, other.cues) == (None, None, [])


def test_doubts_follow_a_merge(book, coded, officer):
    one, other = Theme.objects.get(slug="accueil"), Theme.objects.get(slug="attente")
    segment = coded[2].segments.get()
    segment.unsure_themes = before = [[one.pk, 0.6, "e 1"], [other.pk, 0.4, "e 1"]]
    segment.save()
    run = AnalysisRun.objects.create()
    subject = DiscoveredSubject.objects.create(run=run, name="Accueil", cohesion=0.5, theme=one, state="adopted")

    merging_themes.merge_themes(theme=one, into=other, by=officer)
    segment.refresh_from_db()
    subject.refresh_from_db()
    merged, led = segment.unsure_themes, subject.theme
    merging_themes.undo_merge(version=CodebookVersion.objects.latest("version"), by=officer)

    segment.refresh_from_db()
    subject.refresh_from_db()
    assert (merged, led) == ([[other.pk, 0.6, "e 1"]], other)
    assert (segment.unsure_themes, subject.theme) == (before, one)


def test_doubts_found_anew_since_a_merge_stay(book, coded, officer):
    one, other = Theme.objects.get(slug="accueil"), Theme.objects.get(slug="attente")
    segments = Segment.objects.filter(pk=coded[2].segments.get().pk)
    segments.update(unsure_themes=[[one.pk, 0.6, "e 1"]])
    merging_themes.merge_themes(theme=one, into=other, by=officer)
    segments.update(unsure_themes=[])

    merging_themes.undo_merge(version=CodebookVersion.objects.latest("version"), by=officer)

    assert segments.get().unsure_themes == []


@pytest.mark.parametrize(("slug", "into"), [("accueil", "accueil"), ("relation", "attente"), ("attente", "ancien")])
def test_merges_that_mean_nothing_are_refused(client, book, officer, slug, into):
    make_theme("ancien", retired_at="2023-01-01T00:00:00Z")

    answer = client.post(f"/plan-de-codage/{slug}/reunir/", {"into": into})

    assert answer.status_code == 200
    assert Theme.objects.get(slug=slug).merged_into is None
    assert not AuditEntry.objects.filter(verb="codebooks.themes_merged").exists()


def test_merging_on_the_pages(client, book, coded, officer):
    shown = client.get("/plan-de-codage/accueil/reunir/?avec=attente").content.decode()
    done = client.post("/plan-de-codage/accueil/reunir/", {"into": "attente"}, follow=True).content.decode()
    client.post("/plan-de-codage/versions/2/annuler/")

    assert "1 passage change de thème" in shown.replace("\xa0", " ")
    assert "Annuler cette réunion de thèmes" in done
    assert Theme.objects.get(slug="accueil").merged_into is None


def test_a_theme_is_divided_and_its_passages_sorted_in_one_press(client, book, coded, officer):
    client.post(
        "/plan-de-codage/accueil/diviser/",
        {
            "part1-label_fr": "Accueil au guichet",
            "part1-examples_fr": "Le guichet.",
            "part2-label_fr": "Accueil en ligne",
        },
    )
    here = "/plan-de-codage/accueil/trier/"
    waiting = [passage.pk for passage in client.get(here).context["passages"]]
    client.post(here, {"segment": waiting[0], "into": "accueil-au-guichet"})

    part = Theme.objects.get(slug="accueil-au-guichet")
    assert (part.parent.slug, part.examples_fr) == ("accueil", ["Le guichet."])
    assert len(waiting) == 2
    assert set(
        SegmentTheme.objects.filter(segment=waiting[0], rejected=False).values_list("theme__slug", flat=True)
    ) == {
        "accueil-au-guichet",
        "attente",
    }
    assert [passage.pk for passage in client.get(here).context["passages"]] == waiting[1:]


@pytest.mark.parametrize("labels", [["Un"], ["Un", "un"], ["Un", ""]])
def test_a_division_needs_two_names(book, officer, labels):
    with pytest.raises(CannotSplit):
        split_theme(theme=Theme.objects.get(slug="accueil"), parts=[Part(label) for label in labels], by=officer)

    assert book.themes.count() == 3


def test_a_theme_deep_in_the_tree_keeps_its_place_when_edited(client, book, officer):
    split_theme(theme=Theme.objects.get(slug="accueil"), parts=[Part("Un"), Part("Deux")], by=officer)
    deep, middle = Theme.objects.get(slug="un"), Theme.objects.get(slug="accueil")

    client.post("/plan-de-codage/un/", {"label_fr": "Premier", "parent": deep.parent_id})
    client.post("/plan-de-codage/accueil/", {"label_fr": "Accueil physique", "parent": middle.parent_id})

    assert Theme.objects.get(slug="un").label_fr == "Premier"
    assert Theme.objects.get(slug="un").parent == middle
    assert Theme.objects.get(slug="accueil").label_fr == "Accueil physique"


@pytest.mark.parametrize("address", ["importer/", "accueil/reunir/", "accueil/diviser/"])
def test_who_may_not_edit_finds_these_pages_closed(client, book, address):
    client.force_login(make_user(Role.AUDITOR))

    assert client.get(f"/plan-de-codage/{address}").status_code == 403
    assert client.get("/plan-de-codage/versions/").status_code == 200
