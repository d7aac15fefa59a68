"""What the machine proposes as subjects says nothing that nobody's words say any more."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecoute.verbatims.models import DiscoveredSubject, Verbatim

CHUNK = 1_000
NAMELESS = "…"  # nothing is left to call it by
_WORD = re.compile(r"\w+")


def forget_words(verbatim_id: int, former: str, present: str) -> None:
    """Takes out of the subjects that hold this verbatim the phrases that its masked words said (``former``), say no
    more (``present``), and no other member says. Call it once the new words are written.

    A name made of phrases is made again of those that stay; one that a person wrote (adopted) stays.
    """
    before, now = former.casefold(), present.casefold()
    gone = set(_WORD.findall(before)) - set(_WORD.findall(now))
    for subject in DiscoveredSubject.objects.order_by("pk"):
        if verbatim_id in subject.members:
            _forget(subject, gone, before, now)


def _forget(subject: DiscoveredSubject, gone: set[str], before: str, now: str) -> None:
    def hidden(words: str) -> bool:
        folded = words.casefold()
        return not gone.isdisjoint(_WORD.findall(folded)) or (folded in before and folded not in now)

    doubtful = [phrase for phrase in subject.phrases if hidden(phrase)]
    said = _still_said(doubtful, subject.members) if doubtful else set()
    lost = set(doubtful) - said
    named = subject.state != DiscoveredSubject.State.ADOPTED
    spoilt = named and any(phrase.casefold() in subject.name.casefold() for phrase in lost)
    if not lost:
        return
    subject.phrases = [phrase for phrase in subject.phrases if phrase not in lost]
    if spoilt:
        name = ", ".join(subject.phrases[:3]) or NAMELESS
        subject.name = (name[:1].upper() + name[1:])[:200]
    subject.save(update_fields=["phrases", "name"])


def _still_said(phrases: Sequence[str], members: Sequence[int]) -> set[str]:
    """Those that a member says, in its words as everybody reads them."""
    missing = set(phrases)
    for start in range(0, len(members), CHUNK):
        rows = Verbatim.objects.filter(pk__in=members[start : start + CHUNK], withdrawn_at=None)
        for title, text in rows.order_by("pk").values_list("title", "text"):
            body = f"{title}\n{text}".casefold()
            missing -= {phrase for phrase in missing if phrase.casefold() in body}
        if not missing:
            break
    return set(phrases) - missing
