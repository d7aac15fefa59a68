"""The words as received: asked for with a reason, shown once, logged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ecoute.core import vault
from ecoute.directory.facade import Permission, needs
from ecoute.verbatims.actions.raw import open_raw
from ecoute.verbatims.actions.raw_content import RawContent
from ecoute.verbatims.enums import MaskedKind
from ecoute.verbatims.models import RawText, Verbatim
from ecoute.verbatims.queries.maskings import masking_of
from ecoute.verbatims.rules import holds
from ecoute.verbatims.views.access import verbatim_or_404


class ReasonForm(forms.Form):
    """Why the original is needed; kept in the journal."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi avez-vous besoin du texte d’origine ?"),
        help_text=gettext_lazy("Votre nom, l’heure et ce motif seront inscrits au journal des accès."),
        max_length=250,
        min_length=5,
    )


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.READ_RAW)
def original(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """A form asks for the reason; the answer to it shows the words, and is never kept by the browser."""
    verbatim = verbatim_or_404(request.user, uid, Permission.READ_RAW)
    form = ReasonForm(request.POST or None)
    content, problem = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            content = open_raw(verbatim=verbatim, reason=form.cleaned_data["reason"], by=request.user)
        except RawText.DoesNotExist:
            problem = _("Le texte d’origine a été supprimé : seul le texte masqué demeure.")
        except vault.WrongKey as fault:
            problem = str(fault)
    context = {"verbatim": verbatim, "form": form, "content": content, "problem": problem}
    context |= _masked(request, verbatim, content)
    return render(request, "verbatims/original.html", context)


def _masked(request: HttpRequest, verbatim: Verbatim, content: RawContent | None) -> dict[str, Any]:
    """What is masked in these words, and whether the reader may change it. Nothing while they wait to be analysed."""
    masking = masking_of(verbatim, request.user) if content and verbatim.analysed_at else None
    elements = masking.elements if masking else ()
    body = content.body if content else ""
    return {
        "masking": masking,
        "hidden": [(element.raw_start, element.raw_end) for element in elements],
        "elements": [(element, body[element.raw_start : element.raw_end]) for element in elements],
        "may_mask": masking is not None and holds(request.user, Permission.CODE, verbatim),
        "kinds": MaskedKind.choices,
    }
