"""The codebook editor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ecoute.core.models import Job
from ecoute.directory.facade import Permission, Scope, needs, scope_of
from ecoute.verbatims.actions import themes as actions
from ecoute.verbatims.forms.theme import ThemeForm
from ecoute.verbatims.models import Codebook, Theme
from ecoute.verbatims.queries.codebook_view import CodebookView, ThemeNode, active_codebook


@require_GET
@needs(Permission.READ)
def codebook(request: HttpRequest) -> HttpResponseBase:
    """The themes in their tree, with how often each was given; editable by those who may."""
    book = active_codebook()
    recoding = Job.objects.filter(kind="verbatims.recode", state__in=["queued", "running"]).first()
    context = {
        "codebook": book,
        "groups": _groups(book, scope_of(request.user)),
        "may_edit": scope_of(request.user, Permission.EDIT_CODEBOOK).everything,
        "recoding": recoding,
        "may_code": not scope_of(request.user, Permission.CODE).is_empty,
    }
    return render(request, "verbatims/codebook.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def new_theme(request: HttpRequest) -> HttpResponseBase:
    """A new theme; ``?sous=slug`` proposes its parent."""
    book = _active()
    parent = book.themes.filter(slug=request.GET.get("sous", ""), parent=None).first()
    form = ThemeForm(request.POST or None, codebook=book, initial={"parent": parent})
    if request.method == "POST" and form.is_valid():
        theme = actions.add_new_theme(codebook=book, by=request.user, **_fields(form))
        _say_saved(request, theme)
        return redirect("verbatims:codebook")
    return render(request, "verbatims/theme_form.html", {"form": form, "theme": None})


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def edit_theme(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A theme, to be changed."""
    book = _active()
    theme = get_object_or_404(book.themes, slug=slug)
    form = ThemeForm(request.POST or None, instance=book.themes.get(slug=slug), codebook=book)
    if request.method == "POST" and form.is_valid():
        actions.change_theme(theme=theme, by=request.user, **_fields(form))
        _say_saved(request, theme)
        return redirect("verbatims:codebook")
    return render(request, "verbatims/theme_form.html", {"form": form, "theme": theme})


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def retire(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Retires a theme; the list then offers to bring it back."""
    actions.retire_theme(theme=get_object_or_404(_active().themes, slug=slug), by=request.user)
    messages.success(request, _("Le thème est retiré. Ce qui portait ce code le garde. Vous pouvez le remettre."))
    return redirect("verbatims:codebook")


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def bring_back(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Undoes a retirement."""
    actions.bring_back_theme(theme=get_object_or_404(_active().themes, slug=slug), by=request.user)
    messages.success(request, _("Le thème est de nouveau en usage."))
    return redirect("verbatims:codebook")


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def recode(request: HttpRequest) -> HttpResponseBase:
    """Asks for everything to be coded again."""
    actions.enqueue_recoding(by=request.user)
    messages.info(request, _("Le recodage est demandé. Les corrections faites par des personnes sont conservées."))
    return redirect("verbatims:codebook")


def _groups(book: CodebookView, scope: Scope) -> list[list[tuple[ThemeNode, int]]]:
    """Each root with everything below it, in order, and how many passages of ``scope`` carry each theme."""
    counting = Q(codes__rejected=False)
    if not scope.everything:
        counting &= Q(codes__segment__verbatim__concerned__service_id__in=scope.service_ids)
    counted = Theme.objects.filter(codebook__is_active=True).annotate(
        given=Count("codes", filter=counting, distinct=not scope.everything)
    )
    given = dict(counted.order_by("pk").values_list("slug", "given"))
    groups: list[list[tuple[ThemeNode, int]]] = []
    for theme in book.themes:
        if theme.depth == 0:
            groups.append([])
        groups[-1].append((theme, given.get(theme.slug, 0)))
    return groups


def _active() -> Codebook:
    return get_object_or_404(Codebook, is_active=True)


def _fields(form: ThemeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in actions.EDITABLE}


def _say_saved(request: HttpRequest, theme: Theme) -> None:
    text = _("« {label} » est enregistré. Recodez pour l’appliquer aux verbatims déjà analysés.")
    messages.success(request, text.format(label=theme.label))
