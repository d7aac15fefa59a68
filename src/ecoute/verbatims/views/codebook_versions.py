"""The versions of the codebook, and the codebook as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ecoute.core import audit
from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims import codebook_table
from ecoute.verbatims.actions.codebook_files import CannotImport, import_as_new, import_into, planned
from ecoute.verbatims.actions.codebook_versions import restore_version, snapshot
from ecoute.verbatims.actions.codebooks import activate_codebook
from ecoute.verbatims.actions.merging_themes import CannotMerge, undo_merge
from ecoute.verbatims.models import Codebook, CodebookVersion
from ecoute.verbatims.queries.codebook_versions import compared, version_or_none, versions_of


class CodebookFileForm(forms.Form):
    """A table, for the present codebook or a new one."""

    file = forms.FileField(
        label=gettext_lazy("Fichier CSV"),
        help_text=gettext_lazy("Un thème par ligne, 2 Mo au plus. Exportez d’abord le plan pour avoir un modèle."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Nom d’un nouveau plan de codage"),
        help_text=gettext_lazy("Laissez vide pour changer le plan en usage."),
        max_length=200,
        required=False,
    )
    retire_missing = forms.BooleanField(
        label=gettext_lazy("Retirer les thèmes que le fichier ne contient pas"), required=False
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if upload.size > codebook_table.MAX_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 2 Mo."))
        return codebook_table.decoded(upload.read())


@require_GET
@needs(Permission.READ)
def versions(request: HttpRequest) -> HttpResponseBase:
    """Who changed what and when; the other codebooks."""
    book = _active()
    context = {
        "book": book,
        "versions": versions_of(book),
        "others": Codebook.objects.exclude(pk=book.pk),
        "may_edit": _may_edit(request),
    }
    return render(request, "verbatims/codebook/versions.html", context)


@require_GET
@needs(Permission.READ)
def version(request: HttpRequest, number: int) -> HttpResponseBase:
    """The codebook as it was at a version, and how it differs from another (``?avec=``, by default the one before)."""
    book = _active()
    kept = version_or_none(book, number)
    if kept is None and number != book.version:
        raise Http404(_("Cette version n’a pas été gardée."))
    themes = kept.themes if kept else snapshot(book)
    asked = request.GET.get("avec", "")
    other = version_or_none(book, int(asked) if asked.isdecimal() and len(asked) < 9 else number - 1)
    changes = [c for c in compared(other.themes, themes) if c.kind != "same"] if other else []
    context = {
        "book": book,
        "number": number,
        "kept": kept,
        "themes": _tree(themes),
        "other": other,
        "changes": changes,
        "numbers": book.versions.exclude(version=number).order_by("-version").values_list("version", flat=True)[:50],
        "may_edit": _may_edit(request),
    }
    return render(request, "verbatims/codebook/version.html", context)


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def restore(request: HttpRequest, number: int) -> HttpResponseBase:
    """Back to a version, as a new one."""
    book = restore_version(
        version=get_object_or_404(CodebookVersion, codebook=_active(), version=number), by=request.user
    )
    text = _("Le plan est de nouveau celui de la version %(old)s ; c’est la version %(new)s.")
    messages.success(request, text % {"old": number, "new": book.version})
    return redirect("verbatims:codebook_versions")


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def undo(request: HttpRequest, number: int) -> HttpResponseBase:
    """Undoes the merge that made the present version."""
    try:
        undo_merge(version=get_object_or_404(CodebookVersion, codebook=_active(), version=number), by=request.user)
    except CannotMerge as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("Les deux thèmes sont de nouveau séparés, avec leurs codes."))
    return redirect("verbatims:codebook_versions")


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def activate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Makes another codebook the one in use."""
    book = get_object_or_404(Codebook, pk=pk)
    activate_codebook(codebook=book, by=request.user)
    text = _("« %(name)s » est le plan de codage en usage. Recodez pour l’appliquer aux verbatims déjà analysés.")
    messages.success(request, text % {"name": book.name_fr})
    return redirect("verbatims:codebook")


@require_GET
@needs(Permission.READ)
def export(request: HttpRequest) -> HttpResponseBase:
    """The codebook in use as a CSV, to keep or to change in a spreadsheet."""
    book = _active()
    audit.record("codebooks.exported", by=request.user, target=book, version=book.version)
    answer = HttpResponse(codebook_table.written(snapshot(book)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{book.slug}-v{book.version}.csv"'
    return answer


@require_http_methods(["GET", "POST"])
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def import_file(request: HttpRequest) -> HttpResponseBase:
    """First the file, then what it would change, then, confirmed, the change."""
    if request.method == "POST" and "content" in request.POST:
        return _write(request)
    form = CodebookFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "columns": codebook_table.columns(), "plan": None}
    if request.method == "POST" and form.is_valid():
        context |= _shown(form.cleaned_data["file"], form.cleaned_data["name"], form.cleaned_data["retire_missing"])
    return render(request, "verbatims/codebook/import.html", context)


def _shown(text: str, name: str, retire_missing: bool) -> dict[str, Any]:
    book = _active()
    plan = planned(text, codebook=None if name else book, retire_missing=retire_missing)
    return {"plan": plan, "content": text, "name": name, "retire_missing": retire_missing, "version": book.version}


def _write(request: HttpRequest) -> HttpResponseBase:
    text, name = request.POST["content"], request.POST.get("name", "")[:200].strip()
    given = request.POST.get("version", "")
    try:
        if name:
            book = import_as_new(name=name, text=text, by=request.user)
            said = _("Le plan « %(name)s » est créé. Mettez-le en usage quand vous le voudrez.") % {
                "name": book.name_fr
            }
        else:
            import_into(
                codebook=_active(),
                text=text,
                retire_missing=bool(request.POST.get("retire_missing")),
                version=int(given) if given.isdecimal() and len(given) < 9 else 0,
                by=request.user,
            )
            said = _("Le plan est à jour. Recodez pour l’appliquer aux verbatims déjà analysés.")
    except CannotImport as fault:
        messages.error(request, str(fault))
        context = {"form": CodebookFileForm(), "columns": codebook_table.columns()}
        context |= _shown(text, name, bool(request.POST.get("retire_missing")))
        return render(request, "verbatims/codebook/import.html", context)
    messages.success(request, said)
    return redirect("verbatims:codebook_versions")


def _tree(themes: list[dict[str, Any]]) -> list[tuple[dict[str, Any], int]]:
    """Themes in reading order with their depth."""
    found: list[tuple[dict[str, Any], int]] = []

    def walk(parent: str | None, depth: int) -> None:
        for theme in themes:
            if theme["parent"] == parent:
                found.append((theme, depth))
                walk(theme["slug"], depth + 1)

    walk(None, 0)
    return found


def _active() -> Codebook:
    return get_object_or_404(Codebook, is_active=True)


def _may_edit(request: HttpRequest) -> bool:
    return scope_of(request.user, Permission.EDIT_CODEBOOK).everything
