"""What stands in the text instead of personal data."""

from __future__ import annotations

from collections.abc import Sequence

from ...documents import MaskedSpan, MaskedText, Span
from .finding import Finding

LABELS = {
    "email": "courriel",
    "phone": "téléphone",
    "nir": "numéro de sécurité sociale",
    "iban": "compte bancaire",
    "card": "carte bancaire",
    "siret": "numéro d'entreprise",
    "tax": "numéro fiscal",
    "plate": "immatriculation",
    "reference": "référence",
    "birth": "date de naissance",
    "address": "adresse",
    "handle": "pseudonyme",
    "link": "lien",
    "name": "nom",
    "other": "donnée personnelle",  # only people choose it: health, beliefs, whatever tells who it is
}


def label_of(kind: str) -> str:
    """French words for a kind; « donnée personnelle » for one that has none."""
    return LABELS.get(kind, LABELS["other"])


def put(text: str, findings: Sequence[Finding], placeholders: Sequence[str]) -> MaskedText:
    """``text`` with each finding (in order, apart) replaced by the placeholder of the same rank."""
    parts: list[str] = []
    spans: list[MaskedSpan] = []
    at = length = 0
    for finding, placeholder in zip(findings, placeholders, strict=True):
        kept = text[at : finding.start]
        start = length + len(kept)
        length = start + len(placeholder)
        parts += [kept, placeholder]
        spans.append(MaskedSpan(finding.kind, Span(finding.start, finding.end), Span(start, length)))
        at = finding.end
    parts.append(text[at:])
    return MaskedText("".join(parts), tuple(spans))
