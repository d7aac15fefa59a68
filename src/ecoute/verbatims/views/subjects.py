"""Subjects that the machine proposes: looked at, adopted, renamed, set aside."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.actions import subjects as actions
from ecoute.verbatims.models import DiscoveredSubject, Theme
from ecoute.verbatims.queries.subjects import proposed_subjects, rejected_subjects


class AdoptForm(forms.Form):
    """How the subject will be called, and where it will stand."""

    label = forms.CharField(label=gettext_lazy("Nom du thème"), max_length=120)
    parent = forms.ModelChoiceField(
        Theme.objects.filter(codebook__is_active=True, parent=None, retired_at=None),
        label=gettext_lazy("Sous le thème"),
        required=False,
        empty_label=gettext_lazy("Aucun : c’est un grand thème"),
    )


@require_GET
@needs(Permission.READ)
def subjects(request: HttpRequest) -> HttpResponseBase:
    """Proposals with their phrases and exemplary quotes, restricted to what the reader may read."""
    scope = scope_of(request.user, Permission.READ)
    context = {
        "subjects": proposed_subjects(scope),
        "rejected": rejected_subjects(),
        "parents": Theme.objects.filter(codebook__is_active=True, parent=None, retired_at=None),
        "may_edit": scope_of(request.user, Permission.EDIT_CODEBOOK).everything,
    }
    return render(request, "verbatims/subjects.html", context)


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Adopts, rejects, or proposes again: ``do`` says which."""
    subject = get_object_or_404(DiscoveredSubject, pk=pk)
    verb = request.POST.get("do")
    if verb == "adopt":
        return _adopt(request, subject)
    if verb == "reject":
        actions.reject_subject(subject=subject, by=request.user)
        messages.success(request, _("Ce sujet est mis de côté. Vous le retrouverez en bas de la page."))
    elif verb == "propose":
        actions.propose_again(subject=subject, by=request.user)
        messages.success(request, _("Ce sujet est de nouveau proposé."))
    return redirect("verbatims:subjects")


def _adopt(request: HttpRequest, subject: DiscoveredSubject) -> HttpResponseBase:
    form = AdoptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Donnez un nom au thème, de 120 signes au plus."))
        return redirect("verbatims:subjects")
    theme = actions.adopt_subject(
        subject=subject, label=form.cleaned_data["label"], parent=form.cleaned_data["parent"], by=request.user
    )
    messages.success(
        request,
        _("Le thème est créé, avec ces exemples. Complétez sa définition, puis recodez depuis le plan de codage."),
    )
    return redirect("verbatims:theme_edit", slug=theme.slug)
