"""What stands in the text instead of personal data, and how several of one kind are told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ...documents import MaskedSpan, MaskedText, Span
from ...words import fold
from .checksums import compact
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
}


def replace(text: str, findings: Sequence[Finding]) -> MaskedText:
    """``text`` with each finding (sorted, apart) replaced; the same value keeps the same number throughout."""
    numbers = _numbers(text, findings)
    parts: list[str] = []
    spans: list[MaskedSpan] = []
    at = length = 0
    for finding, number in zip(findings, numbers, strict=True):
        kept = text[at : finding.start]
        label = LABELS[finding.kind]
        placeholder = f"[{label} {number}]" if number else f"[{label}]"
        start = length + len(kept)
        length = start + len(placeholder)
        parts += [kept, placeholder]
        spans.append(MaskedSpan(finding.kind, Span(finding.start, finding.end), Span(start, length)))
        at = finding.end
    parts.append(text[at:])
    return MaskedText("".join(parts), tuple(spans))


def _numbers(text: str, findings: Sequence[Finding]) -> list[int]:
    """For each finding its number within its kind, or 0 where the kind holds one value only."""
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for f in findings:
        values = seen[f.kind]
        values.setdefault(_value(text[f.start : f.end]), len(values) + 1)
    return [seen[f.kind][_value(text[f.start : f.end])] if len(seen[f.kind]) > 1 else 0 for f in findings]


def _value(raw: str) -> str:
    return compact(fold(raw)) or raw
