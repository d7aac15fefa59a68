"""« À coder ensuite »: the verbatims that teach most, one after the other."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.actions.checking import check_all
from ecoute.verbatims.actions.coding import KeptForMeasuring
from ecoute.verbatims.queries.cards import verbatim_cards
from ecoute.verbatims.queries.learning import since_last_learning, what_was_learned
from ecoute.verbatims.queries.to_code import next_to_code, why
from ecoute.verbatims.views.access import verbatim_or_404
from ecoute.verbatims.views.coding import coding_context

PUT_OFF = "to_code_put_off"  # in the session: ids passed over, the last ones
KEPT = 200
SHOWN = 8


@require_GET
@needs(Permission.CODE)
def to_code(request: HttpRequest) -> HttpResponseBase:
    """What to code next, and why each."""
    proposals = next_to_code(scope_of(request.user, Permission.CODE), skip=_put_off(request), limit=SHOWN)
    learned = what_was_learned()
    context = {
        "proposals": proposals,
        "since": since_last_learning(),
        "learned": learned,
        "put_off": len(_put_off(request)),
    }
    return render(request, "verbatims/to_code.html", context)


@require_GET
@needs(Permission.CODE)
def code_one(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """One of them, with its passages open for correction and the way to the next."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    context = coding_context(verbatim, reader=request.user) | {
        "proposal": why(verbatim),
        "card": next(iter(verbatim_cards([verbatim.pk], scope_of(request.user))), None),
        "since": since_last_learning(),
        "checked": not verbatim.segments.filter(checked_at=None).exists(),
    }
    return render(request, "verbatims/to_code_one.html", context)


@require_POST
@needs(Permission.CODE)
def go_on(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """« Suivant »: this one is not proposed again in this session. ``tout=1``: all its passages are right as they
    are."""
    verbatim = verbatim_or_404(request.user, uid, Permission.CODE)
    if request.POST.get("tout"):
        try:
            checked = check_all(verbatim=verbatim, by=request.user)
        except KeptForMeasuring:
            messages.error(request, _("Ce verbatim sert à mesurer le codage : codez-le dans la salle de codage."))
            return redirect("verbatims:to_code")
        said = ngettext("%(n)s passage vérifié.", "%(n)s passages vérifiés.", checked) % {"n": checked}
        messages.success(request, said)
    request.session[PUT_OFF] = [*_put_off(request), verbatim.pk][-KEPT:]
    proposals = next_to_code(scope_of(request.user, Permission.CODE), skip=_put_off(request), limit=1)
    if not proposals:
        return redirect("verbatims:to_code")
    return redirect("verbatims:code_one", uid=proposals[0].verbatim.uid)


@require_POST
@needs(Permission.CODE)
def take_back(request: HttpRequest) -> HttpResponseBase:
    """Proposes again what was passed over."""
    request.session.pop(PUT_OFF, None)
    return redirect("verbatims:to_code")


def _put_off(request: HttpRequest) -> list[int]:
    found: list[int] = request.session.get(PUT_OFF, [])
    return found
