"""The control chart of any theme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.facade import active_codebook, corpus_of
from ecoute.watch.forms.curve import CurveForm
from ecoute.watch.queries.curve import curve


@require_GET
@needs(Permission.READ, hidden=True)
def curves(request: HttpRequest) -> HttpResponseBase:
    """Choose a theme and a service; its curve, where dated words allow one."""
    scope, book = scope_of(request.user, Permission.READ), active_codebook()
    asked = "theme" in request.GET
    form = CurveForm(request.GET if asked else None, scope=scope, book=book)
    context: dict[str, object] = {"form": form, "curve": None, "asked": asked and form.is_valid()}
    if context["asked"]:
        chosen = form.cleaned_data
        context["curve"] = curve(corpus_of(scope), chosen["theme"], book.label(chosen["theme"]), chosen["service"])
    status = 400 if asked and not context["asked"] else 200
    return render(request, "watch/curve.html", context, status=status)
