"""The default masker: shapes, control keys and telling words; no model, no list of surnames, linear in the text."""

from __future__ import annotations

from ...documents import MaskedText
from . import addresses, names, structured, told
from .finding import Finding, without_overlap
from .placeholders import LABELS
from .thread import replace

WINDOW = 20_000  # characters looked at in one go, so that no pattern ever meets a huge text whole
OVERLAP = 400
DETECTORS = (*structured.DETECTORS, *told.DETECTORS, *addresses.DETECTORS, *names.DETECTORS)


class RuleMasker:
    """Masks e-mails, telephones, French identifiers, plates, references, birth dates, streets, handles and names."""

    name = "masking-rules"
    version = "3"
    network = False
    kinds = tuple(LABELS)

    def mask(self, text: str, language: str) -> MaskedText:
        return replace(text, without_overlap(self.find(text)))

    def find(self, text: str) -> list[Finding]:
        """Everything the detectors see, overlaps included."""
        found: set[Finding] = set()
        for start in range(0, max(len(text), 1), WINDOW):
            window = text[max(0, start - OVERLAP) : start + WINDOW + OVERLAP]
            shift = max(0, start - OVERLAP)
            for detect in DETECTORS:
                found.update(
                    Finding(f.start + shift, f.end + shift, f.kind, f.rank) for f in detect(window) if f.end > f.start
                )
        return sorted(found, key=lambda f: (f.start, f.end, f.rank))
