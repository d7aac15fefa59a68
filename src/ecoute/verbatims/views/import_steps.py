"""The steps of an import: the file, its columns, its services. Each works without scripts."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ecoute.directory.facade import Permission, Scope, needs, scope_of, service_nodes
from ecoute.methods.tables import Field, Table, TableError, guess_columns
from ecoute.verbatims.actions import importing
from ecoute.verbatims.actions.resolving import ATTACH, CREATE
from ecoute.verbatims.actions.service_choices import NamesFound, keep_choices, names_found
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.forms.imports import ColumnsForm, ServicesForm, UploadForm
from ecoute.verbatims.import_rules import guess_words, shape_words, table_problem
from ecoute.verbatims.models import ImportBatch
from ecoute.verbatims.queries.import_preview import examples_of, preview_of
from ecoute.verbatims.queries.imports import done_before, imports_of, names_services, source_names, sources_of
from ecoute.verbatims.views.imports import batch_or_404


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT)
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose or drop a file."""
    form = UploadForm(request.POST or None, request.FILES or None) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = importing.start_import(chunks=upload.chunks(), file_name=upload.name, by=request.user)
        except TableError as error:
            form.add_error("file", table_problem(error))
        else:
            return redirect("verbatims:import_columns", pk=batch.pk)
    status = 422 if form.errors else 200
    return render(request, "verbatims/imports/new.html", {"form": form}, status=status)


def _mine(request: HttpRequest, pk: int) -> ImportBatch:
    """A file not yet imported shows raw words: only who brought it may go through its steps."""
    batch = batch_or_404(request, pk)
    if batch.created_by_id != request.user.pk or batch.state not in (ImportState.UPLOADED, ImportState.MAPPED):
        raise Http404
    return batch


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT)
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The columns as guessed, to be corrected; another sheet of the workbook may be chosen.

    When the directory knows every name of the file, nothing is left to ask: the import starts.
    """
    batch = _mine(request, pk)
    if request.method == "POST" and request.POST.get("sheet"):
        _change_sheet(batch, request.POST["sheet"])
        return redirect("verbatims:import_columns", pk=pk)
    scope = scope_of(request.user, Permission.IMPORT)
    table = importing.table_of(batch)
    form = _columns_form(request, batch, table, scope)
    if request.method == "POST" and form.is_valid():
        _keep_columns(request, batch, form, scope)
        if _asks(names_found(batch, scope)):
            return redirect("verbatims:import_services", pk=pk)
        importing.enqueue_import(batch, by=request.user)
        return redirect("verbatims:import", pk=pk)
    status = 422 if form.errors else 200
    page = _columns_page(request, batch, table, form)
    return render(request, "verbatims/imports/columns.html", page, status=status)


def _asks(found: NamesFound) -> bool:
    """Whether the file names services that the directory does not know."""
    return bool(found.doubtful or found.unlike)


def _change_sheet(batch: ImportBatch, sheet: str) -> None:
    if sheet not in batch.reading.get("sheets", []):
        raise Http404
    importing.choose_sheet(batch, sheet=sheet)


def _columns_form(request: HttpRequest, batch: ImportBatch, table: Table, scope: Scope) -> ColumnsForm:
    initial = {
        "source_name": batch.source.name if batch.source else importing.source_name_for(batch),
        "solicited": batch.source.solicited
        if batch.source
        else not batch.recognised.startswith("services-publics-plus"),
        "default_service": batch.default_service_id,
    }
    return ColumnsForm(
        request.POST if request.method == "POST" else None,
        columns=table.columns,
        mapping=importing.mapping_of(batch),
        nodes=[node for node in service_nodes(scope) if node.is_active],
        scope=scope,
        initial=initial,
    )


def _columns_page(request: HttpRequest, batch: ImportBatch, table: Table, form: ColumnsForm) -> dict[str, Any]:
    scope = scope_of(request.user, Permission.IMPORT)
    rows = table.head(20)
    guesses = guess_columns(table).guesses
    reasons = {guess.column: guess_words(guess) for guess in guesses}
    unsure = {guess.column for guess in guesses if guess.reason == "unsure"}
    lines = [
        {"bound": bound, "examples": examples_of(rows, column), "reason": reasons.get(column, "")}
        for column, bound in zip(table.columns, form.column_fields, strict=True)
    ]
    mapping = form.mapping()
    plain = (Field.EXTRA, Field.IGNORE)
    used = [
        line
        for line, column in zip(lines, table.columns, strict=True)
        if mapping.field_of(column) not in plain or column in unsure
    ]
    return {
        "batch": batch,
        "table": table,
        "form": form,
        "used": used,
        "others": [line for line in lines if line not in used],
        "shape": shape_words(batch.recognised),
        "sources": source_names(request.user, scope),
        "asks_services": names_services(mapping),
        "known": done_before(batch.checksum, but=batch.pk, among=imports_of(request.user, scope)),
        "preview": preview_of(table, mapping, has_service=bool(batch.default_service_id)),
    }


def _keep_columns(request: HttpRequest, batch: ImportBatch, form: ColumnsForm, scope: Scope) -> None:
    told, among = form.cleaned_data, sources_of(request.user, scope)
    importing.map_columns(
        batch,
        mapping=form.mapping(),
        source=importing.ensure_source(told["source_name"], solicited=told["solicited"], among=among),
        default_service=told["default_service"],
        unknown_services=CREATE if scope.everything else ATTACH,
    )


@require_POST
@needs(Permission.IMPORT)
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the columns would give as chosen now: a fragment, asked for at each change."""
    batch = _mine(request, pk)
    table = importing.table_of(batch)
    form = _columns_form(request, batch, table, scope_of(request.user, Permission.IMPORT))
    has_service = bool(request.POST.get("default_service"))
    mapping = form.mapping()
    told = {"preview": preview_of(table, mapping, has_service=has_service), "asks_services": names_services(mapping)}
    return render(request, "verbatims/imports/check.html", told)


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT)
def services(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Names that the directory does not know are asked. The import starts when this is sent, never when it is read."""
    batch = _mine(request, pk)
    if batch.state != ImportState.MAPPED:
        return redirect("verbatims:import_columns", pk=pk)
    scope = scope_of(request.user, Permission.IMPORT)
    found = names_found(batch, scope)
    form = ServicesForm(
        request.POST if request.method == "POST" else None,
        doubtful=found.doubtful,
        may_create=scope.everything,
        default_name=batch.default_service.name if batch.default_service else "",
    )
    asks = _asks(found)
    if request.method == "POST" and (not asks or form.is_valid()):
        if asks:
            create_rest = form.cleaned_data["rest"] == ServicesForm.CREATE
            keep_choices(batch, choices=form.choices(), create_rest=create_rest, by=request.user)
        importing.enqueue_import(batch, by=request.user)
        return redirect("verbatims:import", pk=pk)
    return render(request, "verbatims/imports/services.html", _services_page(batch, found, form))


def _services_page(batch: ImportBatch, found: NamesFound, form: ServicesForm) -> dict[str, Any]:
    return {"batch": batch, "found": found, "form": form}
