"""What was unusual about a text (``Verbatim.analysis_notes``), in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ecoute.methods.text import notes

REMARKS: dict[str, Any] = {
    notes.EMPTY: _("texte vide"),
    notes.NO_WORDS: _("aucun mot : seulement des signes ou des émojis"),
    notes.TRUNCATED: _("texte très long : gardé en entier, seul le début est codé"),
    notes.REPETITIVE: _("les mêmes mots, répétés"),
    notes.NO_SENTENCES: _("texte long sans ponctuation : découpé à peu près"),
    notes.LIST_LIKE: _("liste de mots plutôt que phrases"),
    notes.NOT_FRENCH: _("texte dans une autre langue que le français"),
    notes.MIXED: _("plusieurs langues mêlées"),
    notes.HIDDEN: _("caractères invisibles dans le texte d’origine"),
    notes.INSULTING: _("propos injurieux"),
    notes.INJECTION: _("des phrases donnent des ordres à une machine : elles sont lues comme le reste, jamais suivies"),
    notes.UNAVAILABLE: _("le serveur de modèles ne répondait pas : codé par le moteur de cette machine"),
    notes.REFUSED: _("le serveur de modèles a répondu à côté : codé par le moteur de cette machine"),
    notes.FAILED: _("l’analyse a échoué : le texte d’origine est gardé"),
}


def remarks(codes: Iterable[str]) -> list[str]:
    """One remark a code, in their order; a code nobody knows any more is left out."""
    return [str(REMARKS[code]) for code in codes if code in REMARKS]
