"""Themes reunited, divided, and their passages sorted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.actions.coding import KeptForMeasuring
from ecoute.verbatims.actions.merging_themes import CannotMerge, check_merge, merge_preview, merge_themes
from ecoute.verbatims.actions.splitting import CannotSplit, Part, sort_passage, split_theme
from ecoute.verbatims.forms.theme import LinesField
from ecoute.verbatims.models import Codebook, Segment, Theme
from ecoute.verbatims.queries.segments import passages_of
from ecoute.verbatims.queries.sorting import passages_to_sort
from ecoute.verbatims.views.access import segment_or_404
from ecoute.verbatims.views.coding import passage_options

PAGE = 20
PARTS = 5


class PartForm(forms.Form):
    """One finer theme."""

    label_fr = forms.CharField(label=gettext_lazy("Nom du sous-thème"), max_length=120, required=False)
    label_en = forms.CharField(label=gettext_lazy("Nom en anglais"), max_length=120, required=False)
    examples_fr = LinesField(
        label=gettext_lazy("Exemples"), required=False, help_text=gettext_lazy("Une phrase par ligne.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("examples_fr") and not cleaned.get("label_fr"):
            self.add_error("label_fr", _("Donnez un nom à ce sous-thème."))
        return cleaned


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def merge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Chooses the theme that remains, shows what would move, then does it."""
    theme = _theme(slug)
    choices = theme.codebook.themes.filter(retired_at=None).exclude(pk=theme.pk).select_related("parent")
    into = choices.filter(slug=request.POST.get("into") or request.GET.get("avec", "")).first()
    context: dict[str, Any] = {"theme": theme, "choices": choices, "into": into, "preview": None, "problem": ""}
    if into is not None:
        try:
            check_merge(theme, into)
            if request.method == "POST":
                return _merged(request, theme, into)
            context["preview"] = merge_preview(theme=theme, into=into)
        except CannotMerge as fault:
            context["problem"] = str(fault)
    elif request.method == "POST":
        context["problem"] = _("Choisissez un autre thème du même plan de codage.")
    return render(request, "verbatims/codebook/merge.html", context)


def _merged(request: HttpRequest, theme: Theme, into: Theme) -> HttpResponseBase:
    moved = merge_themes(theme=theme, into=into, by=request.user)
    text = _("« %(old)s » est réuni avec « %(new)s » : %(n)s codes ont suivi. Vous pouvez l’annuler ici.")
    messages.success(request, text % {"old": theme.label, "new": into.label, "n": moved})
    return redirect("verbatims:codebook_versions")


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def split(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The finer themes with their examples; then the passages to sort."""
    theme = _theme(slug)
    given = request.POST if request.method == "POST" else None
    parts = [PartForm(given, prefix=f"part{n}", auto_id=f"part{n}-%s") for n in range(1, PARTS + 1)]
    problem = ""
    sound = [part.is_valid() for part in parts]  # all of them, so that each says what is wrong
    if request.method == "POST" and all(sound):
        wanted = [_part(part) for part in parts if part.cleaned_data["label_fr"]]
        try:
            split_theme(theme=theme, parts=wanted, by=request.user)
        except CannotSplit as fault:
            problem = str(fault)
        else:
            messages.success(request, _("Les sous-thèmes sont créés. Répartissez les passages, ou recodez."))
            return redirect("verbatims:theme_sort", slug=theme.slug)
    return render(request, "verbatims/codebook/split.html", {"theme": theme, "parts": parts, "problem": problem})


def _part(form: PartForm) -> Part:
    cleaned = form.cleaned_data
    return Part(cleaned["label_fr"], tuple(cleaned["examples_fr"]), cleaned["label_en"])


@require_http_methods(["GET", "POST"])
@needs(Permission.CODE)
def sort(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The passages that carry a theme and none of its sub-themes, each with one button a sub-theme."""
    theme = _theme(slug)
    here = reverse("verbatims:theme_sort", args=[theme.slug])
    if request.method == "POST":
        _sort(request, theme)
        return redirect(f"{here}?page={_page_number(request)}")
    ids = passages_to_sort(theme, scope_of(request.user, Permission.CODE))
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    options = passage_options(passages_of(list(page), request.user))
    context = options | {
        "theme": theme,
        "children": theme.children.filter(retired_at=None),
        "page": page,
        "loose": "page",
        "next_page": f"{here}?page={page.number}",
    }
    return render(request, "verbatims/codebook/sort.html", context)


def _sort(request: HttpRequest, theme: Theme) -> None:
    given = request.POST.get("segment", "")
    segment: Segment = segment_or_404(
        request.user, int(given) if given.isdecimal() and len(given) < 19 else 0, Permission.CODE
    )
    into = get_object_or_404(theme.children.filter(retired_at=None), slug=request.POST.get("into", ""))
    try:
        sort_passage(segment=segment, theme=theme, into=into, by=request.user)
    except KeptForMeasuring:
        messages.error(request, _("Ce verbatim sert à mesurer le codage : codez-le dans la salle de codage."))
    else:
        messages.success(request, _("Passage rangé sous « %(theme)s ».") % {"theme": into.label})


def _page_number(request: HttpRequest) -> int:
    given = request.POST.get("page", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 1


def _theme(slug: str) -> Theme:
    book = get_object_or_404(Codebook, is_active=True)
    return get_object_or_404(book.themes.select_related("codebook", "parent"), slug=slug)
