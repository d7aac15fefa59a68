"""The saved views of the reader: kept from the explorer, named, shared, deleted and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.actions.saved_views import NameTakenError, change_view, delete_view, save_view
from ecoute.verbatims.columns.corpus import corpus_of
from ecoute.verbatims.forms.saved_view import SavedViewForm
from ecoute.verbatims.models import SavedView
from ecoute.verbatims.queries.saved_views import views_for

DELETED = "deleted_view"  # in the session: what was deleted last, so that it can come back


@require_GET
@needs(Permission.READ)
def saved_views(request: HttpRequest) -> HttpResponse:
    lines = views_for(request.user, corpus_of(scope_of(request.user)))
    context = {
        "mine": [(line, _form(line.id, line.name, line.shared)) for line in lines if line.mine],
        "others": [line for line in lines if not line.mine],
        "deleted": request.session.get(DELETED),
    }
    return render(request, "verbatims/saved_views.html", context)


@require_POST
@needs(Permission.READ)
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the filters shown; a name already used is said, and nothing is lost: the page keeps the filters."""
    query = request.POST.get("query", "")
    here = f"{reverse('verbatims:explorer')}?{query}".rstrip("?")
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Donnez un nom à la vue pour l’enregistrer."))
        return redirect(here)
    try:
        view = save_view(query=query, by=request.user, **form.cleaned_data)
    except NameTakenError:
        messages.error(request, _("Vous avez déjà une vue de ce nom. Choisissez-en un autre."))
    except ValueError:
        messages.error(request, _("Ces filtres sont trop nombreux pour être enregistrés."))
    else:
        messages.success(request, _("La vue « %(name)s » est enregistrée.") % {"name": view.name})
        here = f"{reverse('verbatims:explorer')}?{view.query}".rstrip("?")
    return redirect(here)


@require_POST
@needs(Permission.READ)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    view = _mine(request, pk)
    form = SavedViewForm(request.POST, prefix=str(pk))
    try:
        if form.is_valid():
            change_view(view=view, by=request.user, **form.cleaned_data)
            messages.success(request, _("La vue est à jour."))
        else:
            messages.error(request, _("Une vue doit avoir un nom."))
    except NameTakenError:
        messages.error(request, _("Vous avez déjà une vue de ce nom. Choisissez-en un autre."))
    return redirect("verbatims:views")


@require_POST
@needs(Permission.READ)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    request.session[DELETED] = delete_view(view=_mine(request, pk), by=request.user)
    return redirect("verbatims:views")


@require_POST
@needs(Permission.READ)
def restore(request: HttpRequest) -> HttpResponse:
    """Brings back the view deleted last."""
    deleted = request.session.pop(DELETED, None)
    if deleted is None:
        raise Http404
    try:
        save_view(by=request.user, **deleted)
    except NameTakenError:
        messages.error(request, _("Vous avez déjà une vue de ce nom. Choisissez-en un autre."))
    return redirect("verbatims:views")


def _mine(request: HttpRequest, pk: int) -> SavedView:
    view = SavedView.objects.filter(pk=pk, owner_id=request.user.pk).first()
    if view is None:
        raise Http404
    return view


def _form(pk: int, name: str, shared: bool) -> SavedViewForm:
    return SavedViewForm({f"{pk}-name": name, f"{pk}-shared": shared}, prefix=str(pk), auto_id=f"view-{pk}-%s")
