"""Words hidden or shown by a person: small forms of the verbatim's page and of that of the words as received."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecoute.core import vault
from ecoute.directory.facade import Permission, needs
from ecoute.verbatims.actions import masking
from ecoute.verbatims.models import Verbatim
from ecoute.verbatims.views.access import verbatim_or_404


@require_POST
@needs(Permission.CODE)
def hide(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Hides ``mots`` as ``nature``: everywhere, or (``debut``, without ``partout``) where they were chosen. ``brut``:
    in the words as received."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    here = None if request.POST.get("partout") else _number(request, "debut")
    raw = bool(request.POST.get("brut"))
    try:
        masking.hide_words(
            verbatim=verbatim,
            words=request.POST.get("mots", ""),
            kind=request.POST.get("nature", ""),
            version=_number(request, "version") or 0,
            at=_offset(verbatim, here) if here is not None and not raw else None,
            raw=raw,
            by=request.user,
        )
    except (masking.CannotMask, vault.WrongKey) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Ces mots sont masqués pour tout le monde, et le resteront."))
    return redirect(_page(verbatim))


@require_POST
@needs(Permission.READ_RAW)
def show(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Shows again the masked element ``element``."""
    verbatim = verbatim_or_404(request.user, uid, Permission.READ_RAW)
    element = _number(request, "element")
    try:
        masking.show(
            verbatim=verbatim,
            element=-1 if element is None else element,
            version=_number(request, "version") or 0,
            by=request.user,
        )
    except (masking.CannotMask, vault.WrongKey) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Ces mots sont montrés de nouveau à tous ceux qui lisent ce verbatim."))
    return redirect(_page(verbatim))


@require_POST
@needs(Permission.CODE)
def undo(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Takes back the last change of the masking, for whom made it."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    try:
        masking.undo_masking(verbatim=verbatim, version=_number(request, "version") or 0, by=request.user)
    except (masking.CannotMask, vault.WrongKey) as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Le masquage est comme avant."))
    return redirect(_page(verbatim))


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _offset(verbatim: Verbatim, shown: int) -> int:
    """A place in the text as a browser counts it (one newline where we keep two signs) as one of the body."""
    at = 0
    for _step in range(min(shown, len(verbatim.body))):  # the number comes from outside
        at += 2 if verbatim.body.startswith("\r\n", at) else 1
    return at


def _page(verbatim: Verbatim) -> str:
    return reverse("verbatims:verbatim", args=[verbatim.uid])
