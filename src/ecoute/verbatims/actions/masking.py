"""A person hides words of a verbatim, or shows again words hidden wrongly. Evidence follows; the decision is kept.

Decisions count the characters of the words as received, and every later masking follows them (``masked_bodies``).
When words are hidden, no former masked text keeps them in clear: those of former maskings are erased, replies hide them
at once, and proposed subjects forget them. When words are shown again, replies follow with the next job.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ecoute.core import audit
from ecoute.core.counters import next_numbers
from ecoute.core.jobs import enqueue
from ecoute.directory.facade import Permission
from ecoute.methods.text.documents import MaskedText, Span
from ecoute.methods.text.engines.masking.decided import moved, with_decisions
from ecoute.methods.text.engines.masking.placeholders import LABELS
from ecoute.methods.text.notes import ANALYSED_CHARS
from ecoute.methods.text.registry import installed_engines
from ecoute.verbatims.actions.ask_learning import unlearn
from ecoute.verbatims.actions.following import follow
from ecoute.verbatims.actions.masked_bodies import fingerprint_of, fits, masked_text, rows_of, spans_of
from ecoute.verbatims.actions.masked_replies import hide_in_replies
from ecoute.verbatims.actions.raw_content import unseal
from ecoute.verbatims.actions.store_analysis import split_body
from ecoute.verbatims.actions.subject_words import forget_words
from ecoute.verbatims.models import Masking, MaskingDecision, RawText, Verbatim
from ecoute.verbatims.rules import holds
from ecoute.verbatims.search.index import index_verbatims

BY_HAND = "person"  # engine of a masking that somebody made
LONGEST = 2_000  # characters of words looked for: beyond, a whole page was pasted by mistake


class CannotMask(ValueError):  # noqa: N818
    """Why the masking stays as it is, in words for the person who asked."""


@dataclass(frozen=True)
class _Opened:
    """A verbatim held for writing, with its words: ``raw`` never leaves this module."""

    verbatim: Verbatim
    masking: Masking
    raw: str
    title: int  # length of the raw title; 0: none
    masked: MaskedText


@transaction.atomic
def hide(*, verbatim: Verbatim, spans: Sequence[tuple[int, int]], kind: str, version: int, by: Any) -> int:
    """Hides characters ``[start, end)`` of the masked body as ``kind``, for everybody and in every later masking.

    ``version``: the masking that the person saw. Returns the new version. Raises CannotMask (the text changed
    meanwhile, nothing to hide…), PermissionDenied. Writes an audit entry, without any word.
    """
    _check(verbatim, by, Permission.CODE)
    opened = _open(verbatim, version)
    body = opened.masked.text
    wanted = moved([Span(*_trimmed(body, *span)) for span in spans], opened.masked, MaskedText(opened.raw))
    return _hide(opened, [place for place in wanted if place is not None], kind, by)


@transaction.atomic
def hide_raw(*, verbatim: Verbatim, spans: Sequence[tuple[int, int]], kind: str, version: int, by: Any) -> int:
    """The same for characters of the body as received, by somebody who reads it (READ_RAW)."""
    _check(verbatim, by, Permission.CODE, Permission.READ_RAW)
    opened = _open(verbatim, version)
    inside = [_trimmed(opened.raw, *span) for span in spans if 0 <= span[0] < span[1] <= len(opened.raw)]
    return _hide(opened, [Span(*span) for span in inside], kind, by)


@transaction.atomic
def hide_words(
    *, verbatim: Verbatim, words: str, kind: str, version: int, by: Any, at: int | None = None, raw: bool = False
) -> int:
    """Hides ``words`` wherever they stand, whatever their case; with ``at``, only where they begin at that character.

    ``raw``: in the words as received. Returns the new version. Raises as ``hide`` and ``hide_raw`` do.
    """
    _check(verbatim, by, Permission.CODE, *([Permission.READ_RAW] if raw else []))
    opened = _open(verbatim, version)
    places = _places(opened.raw if raw else opened.masked.text, words, at)
    if not places:
        raise CannotMask(_("Ces mots ne sont pas dans le texte. Écrivez-les comme ils y sont."))
    verb = hide_raw if raw else hide
    return verb(verbatim=verbatim, spans=places, kind=kind, version=version, by=by)


@transaction.atomic
def show(*, verbatim: Verbatim, element: int, version: int, by: Any) -> int:
    """Shows again the ``element``-th (from 0) of what the masking ``version`` hides. It reveals words: needs READ_RAW.

    Returns the new version. Raises CannotMask, PermissionDenied. Writes an audit entry.
    """
    _check(verbatim, by, Permission.CODE, Permission.READ_RAW)
    opened = _open(verbatim, version)
    if not 0 <= element < len(opened.masked.spans):
        raise CannotMask(_("Cet élément n’est pas masqué."))
    span = opened.masked.spans[element]
    decision = _decide(opened, span.raw, "", by)
    new = with_decisions(opened.raw, opened.masked.spans, [decision])
    _write(opened, new, by)
    audit.record("verbatims.unmasked", by=by, target=opened.verbatim, kind=span.kind)
    return opened.verbatim.masking_version


@transaction.atomic
def undo_masking(*, verbatim: Verbatim, version: int, by: Any) -> int:
    """Puts back the masking before ``version``, which must be the last and made by this person.

    Raises CannotMask where it is not. What was hidden is shown again only to whom it was shown a moment ago.
    """
    _check(verbatim, by, Permission.CODE)
    opened = _open(verbatim, version)
    before = Masking.objects.filter(verbatim=verbatim, version=version - 1).first()
    mine = opened.masking.made_by_id == by.pk and opened.masking.engine == BY_HAND
    if before is None or not mine:
        raise CannotMask(_("Ce masquage ne peut plus être annulé."))
    latest = opened.verbatim.masking_decisions.filter(made_by=by, made_at__gte=before.made_at)
    if not latest.exists():
        raise CannotMask(_("Ce masquage ne peut plus être annulé."))
    hid_something = latest.exclude(kind="").exists()
    latest.delete()
    new = with_decisions(opened.raw, spans_of(before.spans), [])
    _write(opened, new, by, engine=before.engine, erase=not hid_something)
    audit.record("verbatims.masking_undone", by=by, target=opened.verbatim)
    return opened.verbatim.masking_version


def embed_again(verbatim_id: int) -> None:
    """The meaning of a verbatim whose masked words changed; nothing where no vector is kept. For a job."""
    from ecoute.methods.text.vectors import pooled, to_bytes
    from ecoute.verbatims.actions.analysers import current_analyser
    from ecoute.verbatims.models import Embedding

    analyser = current_analyser()
    verbatim = Verbatim.objects.filter(pk=verbatim_id, withdrawn_at=None, masking_version__gt=0).first()
    engine = analyser.engines.get("embedding", "")
    if verbatim is None or not Embedding.objects.filter(verbatim=verbatim, engine=engine).exists():
        return
    words = [verbatim.body[s.start : s.end] for s in verbatim.segments.order_by("position")]
    vector = pooled(analyser.pipeline.embedder.embed(words or [verbatim.body]))
    with transaction.atomic():
        if Verbatim.objects.select_for_update().filter(pk=verbatim_id, revision=verbatim.revision).first():
            Embedding.objects.filter(verbatim_id=verbatim_id).update(vector=to_bytes(vector))
            Verbatim.objects.filter(pk=verbatim_id).update(revision=next_numbers("verbatims")[0])


def _check(verbatim: Verbatim, by: Any, *permissions: Permission) -> None:
    if not all(holds(by, permission, verbatim) for permission in permissions):
        raise PermissionDenied


def _open(verbatim: Verbatim, version: int) -> _Opened:
    """Holds the verbatim, before the counter of revisions, as every other writer does."""
    row = Verbatim.objects.select_for_update().filter(pk=verbatim.pk, withdrawn_at=None).first()
    masking = Masking.objects.filter(verbatim_id=verbatim.pk, version=version).first()
    if row is None or masking is None or row.masking_version != version or row.analysed_at is None:
        raise CannotMask(_("Le texte a changé entre-temps. Relisez-le, puis recommencez."))
    sealed = RawText.objects.filter(verbatim=row).first()
    if sealed is None:
        raise CannotMask(_("Le texte d’origine a été supprimé : le masquage ne peut plus changer."))
    content = unseal(row.pk, sealed.sealed)
    masked = masked_text(row, masking)
    if not fits(content.body, masked):
        raise CannotMask(_("Le texte attend d’être analysé de nouveau. Recommencez ensuite."))
    return _Opened(row, masking, content.body, len(content.title), masked)


def _places(body: str, words: str, at: int | None) -> list[tuple[int, int]]:
    """Where the words stand, as whole words; any blank stands for any other, a line's end too."""
    parts = [re.escape(part) for part in words.split()]
    if not parts or len(words) > LONGEST:
        return []
    found = re.finditer(r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)", body, re.IGNORECASE)
    places = [match.span() for match in found]
    return places if at is None else [place for place in places if place[0] == at]


def _trimmed(body: str, start: int, end: int) -> tuple[int, int]:
    """Without the blanks that a selection takes along."""
    words = body[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _hide(opened: _Opened, places: Sequence[Span], kind: str, by: Any) -> int:
    if kind not in LABELS:
        raise CannotMask(_("Choisissez ce que sont ces mots."))
    places = [place for place in places if any(c.isalnum() for c in opened.raw[place.start : place.end])]
    if not places:
        raise CannotMask(_("Choisissez des mots du texte."))
    if opened.title and any(place.start < opened.title < place.end for place in places):
        raise CannotMask(_("Choisissez des mots du titre ou du texte, pas des deux à la fois."))
    decisions = [_decide(opened, place, kind, by) for place in places]
    new = with_decisions(opened.raw, opened.masked.spans, decisions)
    if new.text == opened.masked.text:
        raise CannotMask(_("Ces mots sont déjà masqués."))
    _write(opened, new, by, erase=True)
    forget_words(opened.verbatim.pk, opened.masked.text, new.text)
    hide_in_replies(opened.verbatim, opened.raw, new, decisions)
    audit.record("verbatims.masked", by=by, target=opened.verbatim, kind=kind, spans=len(places))
    return opened.verbatim.masking_version


def _decide(opened: _Opened, place: Span, kind: str, by: Any) -> MaskingDecision:
    return MaskingDecision.objects.create(
        verbatim=opened.verbatim,
        start=place.start,
        end=place.end,
        kind=kind,
        fingerprint=fingerprint_of(opened.raw),
        made_by=by,
    )


def _write(opened: _Opened, new: MaskedText, by: Any, *, engine: str = BY_HAND, erase: bool = False) -> None:
    """The new masked words, and all that hangs on them. ``erase``: former masked words show what is hidden now."""
    verbatim, former = opened.verbatim, (opened.verbatim.title, opened.verbatim.text)
    if erase:
        unlearn([verbatim.pk])
        Masking.objects.filter(verbatim=verbatim).update(title=None, text=None)
    else:
        Masking.objects.filter(pk=opened.masking.pk).update(title=former[0], text=former[1])
    verbatim.title, verbatim.text = split_body(new.text, has_title=bool(opened.title))
    verbatim.masking_version += 1
    verbatim.phrases = phrases_of(verbatim)
    verbatim.revision = next_numbers("verbatims")[0]
    verbatim.save(update_fields=["title", "text", "masking_version", "phrases", "revision"])
    Masking.objects.create(
        verbatim=verbatim,
        version=verbatim.masking_version,
        engine=engine,
        spans=rows_of(new.spans),
        made_by=by,
    )
    follow(verbatim, opened.masked, new, opened.raw)
    index_verbatims([verbatim.pk])
    enqueue("verbatims.embed_again", by=None, key=f"verbatims.embed_again:{verbatim.pk}", again=True,
            verbatim_id=verbatim.pk)  # fmt: skip


def phrases_of(verbatim: Verbatim) -> list[str]:
    """The key phrases of the masked words as they are now."""
    head = verbatim.body[:ANALYSED_CHARS]
    found: Iterable[str] = installed_engines().create("phrases.ngrams").extract([head], verbatim.language)[0]
    return list(found)
