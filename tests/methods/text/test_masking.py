"""Masking: what is hidden, what stays, and where each placeholder stands."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoute.methods.text.engines.masking import checksums
from ecoute.methods.text.engines.masking.finding import Finding, without_overlap
from ecoute.methods.text.engines.masking.rules import WINDOW, RuleMasker

pytestmark = pytest.mark.unit
MASKER = RuleMasker()


def masked(text: str) -> str:
    return MASKER.mask(text, "fr").text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Écrivez à jeanne.petit@exemple.fr svp", "Écrivez à [courriel] svp"),
        ("Mon numéro : 06 12 34 56 78.", "Mon numéro : [téléphone]."),
        ("Appelez le +33 (0)6 12 34 56 78", "Appelez le [téléphone]"),
        ("NIR 1 84 12 76 451 089 46", "NIR [numéro de sécurité sociale]"),
        ("NIR 2 84 12 2A 451 089 11", "NIR [numéro de sécurité sociale]"),
        ("RIB FR14 2004 1010 0505 0001 3M02 606", "RIB [compte bancaire]"),
        ("SIRET 732 829 320 00074", "SIRET [numéro d'entreprise]"),
        ("véhicule AB-123-CD en panne", "véhicule [immatriculation] en panne"),
        ("dossier n° 2023/45871-B refusé", "dossier n° [référence] refusé"),
        ("née le 3 mars 1984 à Brest", "née le [date de naissance] à Brest"),
        ("J'habite 12 bis rue des Lilas 29200 Brest", "J'habite [adresse]"),
        ("reçu par Mme Lefèvre hier", "reçu par Mme [nom] hier"),
        ("Cordialement,\nSophie Martin", "Cordialement,\n[nom]"),
        ("suivez @jeanne_petit", "suivez [pseudonyme]"),
    ],
)
def test_personal_data_becomes_a_typed_placeholder(raw: str, expected: str) -> None:
    assert masked(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Monsieur le Maire et Madame la Préfète ont répondu.",
        "M. le directeur m'a reçu.",
        "La loi n° 2005-102 du 11 février 2005 n'est pas appliquée.",
        "Appelez le 3949 ou le 36 46.",
        "La CAF de Paris et le ministère de la Justice ne répondent pas.",
        "J'ai payé 135 euros le 12/03/2022 pour rien.",
        "Le formulaire Cerfa n° 12100*02 est long.",
        "Le site https://www.service-public.fr/particuliers est clair.",
        "Madame, Monsieur, je vous écris au sujet du lycée Jean Moulin.",
    ],
)
def test_public_words_stay(text: str) -> None:
    assert masked(text) == text


def test_a_mistyped_number_is_masked_too() -> None:
    assert checksums.nir("184127645108947") is False
    assert masked("mon numéro 1 84 12 76 451 089 47") == "mon numéro [numéro de sécurité sociale]"


def test_the_same_value_keeps_its_number() -> None:
    text = "Mme Lefèvre puis M. Durand puis Mme Lefèvre"
    assert masked(text) == "Mme [nom 1] puis M. [nom 2] puis Mme [nom 1]"


def test_checksums_follow_their_published_formulas() -> None:
    assert checksums.luhn("732 829 320 00074")
    assert not checksums.luhn("732 829 320 00075")
    assert checksums.iban("GB82 WEST 1234 5698 7654 32")
    assert not checksums.iban("GB82 WEST 1234 5698 7654 33")
    assert checksums.nir("255081416802538")
    assert not checksums.nir("255081416802539")


def test_the_surer_of_two_overlapping_findings_wins() -> None:
    sure, doubtful = Finding(4, 8, "nir", 1), Finding(0, 10, "reference", 6)
    assert without_overlap([doubtful, sure]) == [sure]


def test_something_across_two_windows_is_found() -> None:
    text = "a " * (WINDOW // 2 - 5) + "Mme Lefèvre 06 12 34 56 78 " + "b " * 100
    assert masked(text).count("[nom]") == 1
    assert masked(text).count("[téléphone]") == 1


@pytest.mark.parametrize(
    "text",
    [
        "-" * 20_000,
        "A-" * 10_000,
        ("http://a?" + ";id" * 600 + " ") * 10,
        "Cordialement, Jean" + " " * 18_000 + "x",
        *(
            piece * (20_000 // len(piece))
            for piece in ("1", "1 ", "06 ", "a", "@", "a@", "A. ", "Mme ", "de ", "BP 1 ", "n° ")
        ),
        *(
            piece * (20_000 // len(piece))
            for piece in ("12 rue a ", "Jean ", "né le ", "iban A1 ", "a point ", "merci à ")
        ),
    ],
)
def test_no_text_however_strange_holds_the_machine(text: str) -> None:
    began = process_time()
    masked(text)
    assert process_time() - began < 1


PIECES = st.sampled_from(
    ["Mme Lefèvre", " ", "\n", "06 12 34 56 78", "bonjour", "😀", "a@b.fr", "dossier n° 45871B9", "é", "M.", ",", "1"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map("".join)))
def test_spans_map_raw_and_masked_text_onto_each_other(text: str) -> None:
    result = MASKER.mask(text, "fr")
    rebuilt, raw_at, masked_at = [], 0, 0
    for span in result.spans:
        assert result.text[masked_at : span.masked.start] == text[raw_at : span.raw.start]
        assert result.text[span.masked.start] == "["
        assert result.text[span.masked.end - 1] == "]"
        rebuilt += [text[raw_at : span.raw.start], text[span.raw.start : span.raw.end]]
        raw_at, masked_at = span.raw.end, span.masked.end
    assert result.text[masked_at:] == text[raw_at:]
    assert "".join(rebuilt) + text[raw_at:] == text
