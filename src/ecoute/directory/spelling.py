"""One spelling for many: how names are compared."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_GAPS = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """``text`` in lower case, without accents nor punctuation, words parted by single spaces.

    Two writings with the same folded form name the same thing: « Caisse d’Allocations » and « CAISSE D ALLOCATIONS ».
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    return _GAPS.sub(" ", bare).strip()
