"""Masking: what people decide, placeholders of a thread, and evidence that follows a new masking."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecoute.methods.text.documents import MaskedSpan, MaskedText, Span
from ecoute.methods.text.engines.masking.decided import moved, with_decisions
from ecoute.methods.text.engines.masking.thread import Thread

pytestmark = pytest.mark.unit
TEXT = "Mme Lefèvre et Paul au 06 12 34 56 78"


@dataclass
class Decided:
    start: int
    end: int
    kind: str = ""


def found(*parts: tuple[str, str]) -> list[MaskedSpan]:
    """Spans of ``TEXT`` as an engine gives them; their masked side does not count."""
    return [MaskedSpan(kind, Span(TEXT.index(part), TEXT.index(part) + len(part)), Span(0, 0)) for part, kind in parts]


def decide(part: str, kind: str = "", text: str = TEXT) -> Decided:
    return Decided(text.index(part), text.index(part) + len(part), kind)


MACHINE = found(("Lefèvre", "name"), ("06 12 34 56 78", "phone"))


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], "Mme [nom] et Paul au [téléphone]"),
        ([decide("Paul", "name")], "Mme [nom 1] et [nom 2] au [téléphone]"),
        ([decide("Lefèvre")], "Mme Lefèvre et Paul au [téléphone]"),
        ([decide("Mme Lef", "name")], "[nom] et Paul au [téléphone]"),
        ([decide("06 12")], "Mme [nom] et Paul au 06 12[téléphone]"),
        ([decide("Lefèvre", "reference")], "Mme [référence] et Paul au [téléphone]"),
        ([decide("Lefèvre"), decide("Lefèvre", "name")], "Mme [nom] et Paul au [téléphone]"),
        ([decide("Paul", "name"), decide("Paul")], "Mme [nom] et Paul au [téléphone]"),
        ([decide("Paul", "of no known kind")], "Mme [nom] et [donnée personnelle] au [téléphone]"),
        (
            [Decided(30, 4000), Decided(9, 9, "name"), Decided(-5, 3, "name")],
            "[nom 1] [nom 2] et Paul au [téléphone]4 56 78",
        ),
    ],
)
def test_what_a_person_decides_comes_after_what_the_machine_found(decisions: list[Decided], expected: str) -> None:
    assert with_decisions(TEXT, MACHINE, decisions).text == expected


def test_replies_know_the_people_of_the_verbatim_again() -> None:
    body = "Anne Petit m'a reçu"
    masked = with_decisions(body, [MaskedSpan("name", Span(0, 10), Span(0, 0))], [])
    reply = "Madame PETIT puis M. Kaya"
    spans = tuple(
        MaskedSpan("name", Span(reply.index(n), reply.index(n) + len(n)), Span(0, 0)) for n in ("PETIT", "Kaya")
    )
    thread = Thread().begin(body, masked)
    assert masked.text == "[nom] m'a reçu"
    assert thread.follow(reply, MaskedText("", spans)).text == "Madame [nom] puis M. [nom 2]"
    assert thread.follow("Kaya", MaskedText("", (MaskedSpan("name", Span(0, 4), Span(0, 0)),))).text == "[nom 2]"


def test_evidence_follows_when_masking_changes() -> None:
    old = with_decisions(TEXT, MACHINE, [])
    new = with_decisions(TEXT, MACHINE, [decide("Paul", "name"), decide("06 12 34 56 78")])
    old_spans = [
        Span(old.text.index(w), old.text.index(w) + len(w))
        for w in ("et", "Paul", "et Paul", "[téléphone]", "[nom] et")
    ]
    got = [None if s is None else new.text[s.start : s.end] for s in moved([*old_spans, Span(3, 400)], old, new)]
    assert got == ["et", None, "et [nom 2]", "06 12 34 56 78", "[nom 1] et", None]


DECISIONS = st.lists(
    st.builds(Decided, st.integers(-2, 45), st.integers(-2, 45), st.sampled_from(["", "name", "phone", "other"])),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(DECISIONS, DECISIONS, st.integers(0, 40), st.integers(1, 20))
def test_a_readable_span_still_reads_the_same(
    first: list[Decided], then: list[Decided], start: int, length: int
) -> None:
    old, new = with_decisions(TEXT, MACHINE, first), with_decisions(TEXT, MACHINE, then)
    span = Span(min(start, len(old.text) - 1), min(start + length, len(old.text)))
    if any(m.masked.start < span.end and span.start < m.masked.end for m in old.spans):
        return  # what a placeholder hid may be shown now
    [after] = moved([span], old, new)
    if after is not None and not any(m.masked.start < after.end and after.start < m.masked.end for m in new.spans):
        assert new.text[after.start : after.end] == old.text[span.start : span.end]
    assert moved([span], old, old) == [span]
