"""The sealed words of a verbatim: how they are written, and how the machine (never a page) opens them.

The sealed JSON is ``{"title": str, "text": str, "replies": [{"service_id": int | null, "text": str, "status": str,
"replied_on": "YYYY-MM-DD" | null}], "author": {…}, "extra": {…}}``; the last two may be missing. A title holds no
newline. ``extra``: cells that may be somebody's words, by column (``satisfaction`` and ``reply_status_1``, 2… told
apart by a leading colon).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ecoute.core import vault
from ecoute.verbatims.models import RawText

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RawReply:
    """A reply of the administration as received."""

    text: str
    service_id: int | None = None
    status: str = ""
    replied_on: str | None = None  # ISO date


@dataclass(frozen=True, slots=True)
class RawContent:
    """The words of one verbatim as received."""

    verbatim_id: int
    title: str
    text: str
    replies: tuple[RawReply, ...] = ()
    author: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    revision: int = 0  # of the verbatim when its words were opened

    @property
    def body(self) -> str:
        """What is analysed: the title on a line of its own, then the text."""
        return f"{self.title}\n{self.text}" if self.title else self.text


def seal(
    *,
    title: str,
    text: str,
    replies: Iterable[RawReply] = (),
    author: dict[str, Any] | None = None,
    extra: dict[str, str] | None = None,
) -> bytes:
    """The words as ``RawText.sealed`` keeps them. Newlines in the title become spaces."""
    written: dict[str, Any] = {
        "title": " ".join(title.split()),
        "text": text,
        "replies": [
            {"service_id": r.service_id, "text": r.text, "status": r.status, "replied_on": r.replied_on}
            for r in replies
        ],
    }
    if author:
        written["author"] = author
    if extra:
        written["extra"] = extra
    return vault.seal(json.dumps(written, ensure_ascii=False, separators=(",", ":")))


def unseal(verbatim_id: int, sealed: bytes | memoryview, revision: int = 0) -> RawContent:
    """The contrary of ``seal``. Raises ``core.vault.WrongKey`` when the installation's key is not the one used."""
    given = json.loads(vault.open(bytes(sealed)))
    return RawContent(
        verbatim_id=verbatim_id,
        title=given.get("title", ""),
        text=given.get("text", ""),
        replies=tuple(RawReply(**reply) for reply in given.get("replies", ())),
        author=given.get("author", {}),
        extra=given.get("extra", {}),
        revision=revision,
    )


def read_raw_contents(ids: Sequence[int]) -> list[RawContent]:
    """The raw words of these verbatims, for the machine only (not logged: nobody reads them). Ordered by id.

    A row that does not open is left out and logged. Raises ``vault.WrongKey`` when none opens: then it is the key.
    """
    rows = RawText.objects.filter(verbatim_id__in=ids).order_by("verbatim_id")
    opened, wrong = [], None
    for row in rows.values_list("verbatim_id", "sealed", "verbatim__revision"):
        try:
            opened.append(unseal(*row))
        except vault.WrongKey as fault:
            logger.error("the raw words of verbatim %s do not open", row[0])
            wrong = fault
    if wrong is not None and not opened:
        raise wrong
    return opened
