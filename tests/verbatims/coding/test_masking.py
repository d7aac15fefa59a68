"""Words that a person hides or shows: for everybody, in every later masking, with the evidence that follows."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from ecoute.core.counters import next_numbers
from ecoute.core.jobs import run_all
from ecoute.core.models import AuditEntry
from ecoute.directory.enums import Permission, Role
from ecoute.methods.text.engines.masking.placeholders import LABELS
from ecoute.verbatims.actions import coding, masking
from ecoute.verbatims.actions.analyse import enqueue_analysis
from ecoute.verbatims.actions.codebooks import load_default_codebook
from ecoute.verbatims.actions.raw_content import seal
from ecoute.verbatims.enums import MaskedKind
from ecoute.verbatims.models import Masking, MaskingDecision, RawText, SegmentTheme, Verbatim
from ecoute.verbatims.search.engines import word_index
from ecoute.verbatims.search.index import stems_of_word
from tests.factories.people import make_user
from tests.factories.verbatims import Idea, make_service, make_theme, make_verbatim

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]

RAW = "J'ai vu Zébulon au guichet de Rennes. L'attente fut longue."
SHOWN = "J'ai vu Zébulon au guichet de [nom]. L'attente fut longue."


@pytest.fixture
def service():
    return make_service("Impôts")


@pytest.fixture
def verbatim(service):
    """« Rennes » was masked wrongly, « Zébulon » was not masked."""
    start = RAW.index("Rennes")
    ideas = [
        Idea(["accueil"], text="J'ai vu Zébulon au guichet de [nom]."),
        Idea(["attente"], text="L'attente fut longue."),
    ]
    made = make_verbatim(SHOWN, services=[service], ideas=ideas, phrases=["zébulon au guichet"])
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=RAW))
    spans = [["name", start, start + 6, SHOWN.index("[nom]"), SHOWN.index("[nom]") + 5]]
    Masking.objects.create(verbatim=made, version=1, engine="masking-rules 1", spans=spans)
    code = SegmentTheme.objects.get(theme__slug="accueil")
    code.evidence = [[SHOWN.index("guichet"), SHOWN.index("guichet") + 7], [8, 15]]
    code.save()
    return made


@pytest.fixture
def coder(service):
    return make_user(Role.QUALITY_OFFICER, service)


@pytest.fixture
def reader(service):
    return make_user(Role.QUALITY_OFFICER, service, grants=(Permission.READ_RAW,))


def words(verbatim):
    row = Verbatim.objects.get(pk=verbatim.pk)
    return [row.body[s.start : s.end] for s in row.segments.order_by("position")]


def evidence(verbatim, theme):
    row = Verbatim.objects.get(pk=verbatim.pk)
    code = SegmentTheme.objects.get(segment__verbatim=row, theme__slug=theme)
    return [row.body[start:end] for start, end in code.evidence]


def test_hidden_words_are_gone_everywhere_and_evidence_follows(verbatim, coder):
    at = SHOWN.index("Zébulon")
    ids = list(verbatim.segments.values_list("pk", flat=True))

    version = masking.hide(verbatim=verbatim, spans=[(at, at + 7)], kind="handle", version=1, by=coder)

    verbatim.refresh_from_db()
    assert (version, verbatim.masking_version) == (2, 2)
    assert verbatim.text == "J'ai vu [pseudonyme] au guichet de [nom]. L'attente fut longue."
    assert list(verbatim.segments.values_list("pk", flat=True)) == ids
    assert words(verbatim) == ["J'ai vu [pseudonyme] au guichet de [nom].", "L'attente fut longue."]
    assert evidence(verbatim, "accueil") == ["guichet"]
    assert evidence(verbatim, "attente") == ["L'attente fut longue."]
    assert verbatim.pk not in word_index(connection.vendor).find(stems_of_word("zébulon"))
    assert not any("zébulon" in phrase.casefold() for phrase in verbatim.phrases)
    assert list(Masking.objects.values_list("version", "text", "made_by")) == [(1, None, None), (2, None, coder.pk)]
    entry = AuditEntry.objects.get(verb="verbatims.masked")
    assert entry.actor == coder
    assert "Zébulon" not in str(entry.detail)


def test_people_choose_among_the_kinds_that_have_a_placeholder():
    assert set(MaskedKind.values) == set(LABELS)


def test_a_passage_of_which_nothing_is_left_stays_with_its_corrections(verbatim, coder):
    theme, segment = make_theme("courtoisie"), verbatim.segments.get(position=1)
    coding.add_theme(segment=segment, theme=theme, by=coder)

    masking.hide(verbatim=verbatim, spans=[(segment.start, segment.end)], kind="other", version=1, by=coder)

    assert words(verbatim) == ["J'ai vu Zébulon au guichet de [nom].", "[donnée personnelle]"]
    assert segment.codes.get(theme=theme).coded_by == coder


def test_showing_again_reveals_the_words_and_moves_what_follows(verbatim, reader):
    masking.show(verbatim=verbatim, element=0, version=1, by=reader)

    verbatim.refresh_from_db()
    assert verbatim.text == RAW
    assert words(verbatim) == ["J'ai vu Zébulon au guichet de Rennes.", "L'attente fut longue."]
    assert evidence(verbatim, "attente") == ["L'attente fut longue."]
    assert Masking.objects.get(version=1).text == SHOWN
    assert AuditEntry.objects.get(verb="verbatims.unmasked").actor == reader


def test_showing_needs_the_right_to_read_the_original(verbatim, coder):
    with pytest.raises(PermissionDenied):
        masking.show(verbatim=verbatim, element=0, version=1, by=coder)

    assert Verbatim.objects.get().text == SHOWN


def test_a_reader_who_may_not_code_hides_nothing(verbatim, service):
    with pytest.raises(PermissionDenied):
        masking.hide(verbatim=verbatim, spans=[(8, 15)], kind="name", version=1, by=make_user(Role.AGENT, service))


def test_raw_words_are_hidden_by_who_reads_them(verbatim, reader, coder):
    at = RAW.index("guichet")

    with pytest.raises(PermissionDenied):
        masking.hide_raw(verbatim=verbatim, spans=[(at, at + 7)], kind="other", version=1, by=coder)
    masking.hide_raw(verbatim=verbatim, spans=[(at, at + 7)], kind="other", version=1, by=reader)

    assert Verbatim.objects.get().text == SHOWN.replace("guichet", "[donnée personnelle]")
    assert evidence(verbatim, "accueil") == ["Zébulon"]


@pytest.mark.parametrize(
    ("spans", "kind", "version"),
    [
        ([(8, 15)], "name", 7),  # another text than the one that was read
        ([(8, 15)], "colour", 1),  # no such kind
        ([(7, 8)], "name", 1),  # a blank
        ([(500, 510)], "name", 1),  # outside
        ([], "name", 1),
        ([(SHOWN.index("[nom]"), SHOWN.index("[nom]") + 5)], "name", 1),  # hidden already
    ],
)
def test_what_cannot_be_hidden_changes_nothing(verbatim, coder, spans, kind, version):
    with pytest.raises(masking.CannotMask):
        masking.hide(verbatim=verbatim, spans=spans, kind=kind, version=version, by=coder)

    assert Verbatim.objects.get().text == SHOWN
    assert not MaskingDecision.objects.exists()


def test_undoing_puts_the_words_back_for_the_same_person_once(verbatim, coder, service):
    masking.hide(verbatim=verbatim, spans=[(8, 15)], kind="name", version=1, by=coder)

    with pytest.raises(masking.CannotMask):
        masking.undo_masking(verbatim=verbatim, version=2, by=make_user(Role.QUALITY_OFFICER, service))
    masking.undo_masking(verbatim=verbatim, version=2, by=coder)
    with pytest.raises(masking.CannotMask):
        masking.undo_masking(verbatim=verbatim, version=3, by=coder)

    verbatim.refresh_from_db()
    assert (verbatim.text, verbatim.masking_version) == (SHOWN, 3)
    assert words(verbatim) == ["J'ai vu Zébulon au guichet de [nom].", "L'attente fut longue."]
    assert not MaskingDecision.objects.exists()


def test_undoing_a_showing_leaves_no_clear_words_behind(verbatim, reader):
    masking.show(verbatim=verbatim, element=0, version=1, by=reader)

    masking.undo_masking(verbatim=verbatim, version=2, by=reader)

    assert Verbatim.objects.get().text == SHOWN
    assert not Masking.objects.filter(text__contains="Rennes").exists()


def test_a_title_is_hidden_apart_from_the_text(service, coder):
    made = make_verbatim("Bonjour à tous.", title="Merci Odilon", services=[service], ideas=[Idea()])
    RawText.objects.create(verbatim=made, sealed=seal(title="Merci Odilon", text="Bonjour à tous."))
    Masking.objects.create(verbatim=made, version=1, engine="masking-rules 1")

    with pytest.raises(masking.CannotMask):
        masking.hide(verbatim=made, spans=[(6, 20)], kind="name", version=1, by=coder)
    masking.hide(verbatim=made, spans=[(6, 12)], kind="name", version=1, by=coder)

    made.refresh_from_db()
    assert (made.title, made.text) == ("Merci [nom]", "Bonjour à tous.")


def test_the_cost_does_not_grow_with_the_passages(service, coder, django_assert_max_num_queries):
    text = " ".join(f"Phrase {n} de Zoé." for n in range(12))
    ideas = [Idea(["attente"], text=f"Phrase {n} de Zoé.") for n in range(12)]
    made = make_verbatim(text, services=[service], ideas=ideas)
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=text))
    Masking.objects.create(verbatim=made, version=1, engine="masking-rules 1")
    at = text.index("Zoé")
    holds = masking.holds(coder, Permission.CODE, made)

    with django_assert_max_num_queries(40):
        masking.hide(verbatim=made, spans=[(at, at + 3)], kind="name", version=1, by=coder)

    assert holds
    assert words(made)[:2] == ["Phrase 0 de [nom].", "Phrase 1 de Zoé."]


def test_every_later_analysis_follows():
    """Also of words changed by an import: test_carried_decisions."""
    load_default_codebook(by=None)
    service = make_service("Préfecture")
    officer = make_user(Role.QUALITY_OFFICER, grants=(Permission.READ_RAW,))
    made = make_verbatim("", services=[service], masking_version=0, analysed_at=None)
    raw = "Le guichet de Kérity est fermé. Personne ne répond au téléphone."
    RawText.objects.create(verbatim=made, sealed=seal(title="", text=raw))
    analyse()
    made.refresh_from_db()
    at = made.text.index("Kérity")
    masking.hide(verbatim=made, spans=[(at, at + 6)], kind="address", version=1, by=officer)

    analyse_again(made)
    followed = Verbatim.objects.get(pk=made.pk)
    ends = list(followed.segments.values_list("end", flat=True))

    assert followed.text == "Le guichet de [adresse] est fermé. Personne ne répond au téléphone."
    assert followed.masking_version == 3
    assert ends
    assert max(ends) <= len(followed.body)


def analyse():
    enqueue_analysis(by=None)
    run_all()


def analyse_again(verbatim):
    with transaction.atomic():
        Verbatim.objects.filter(pk=verbatim.pk).update(analysed_at=None, revision=next_numbers("verbatims")[0])
    analyse()
