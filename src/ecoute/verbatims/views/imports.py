"""The list of imports, one import, and what can be done with it afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ecoute.core import audit
from ecoute.core.sheets import csv_lines
from ecoute.directory.facade import Permission, needs, scope_of
from ecoute.verbatims.actions.importing import RESUMABLE, discard_import, enqueue_import, mapping_of
from ecoute.verbatims.actions.undoing import UNDOABLE, enqueue_undo
from ecoute.verbatims.enums import ImportState
from ecoute.verbatims.models import ImportBatch
from ecoute.verbatims.queries.imports import imports_of, names_services, reject_counts, reject_rows
from ecoute.verbatims.queries.waiting import waiting_of_import

PER_PAGE = 25


def batch_or_404(request: HttpRequest, pk: int) -> ImportBatch:
    """An import that the user may see; its steps before it starts belong to whoever brought the file."""
    batch = imports_of(request.user, scope_of(request.user, Permission.IMPORT)).filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


@require_GET
@needs(Permission.IMPORT)
def imports(request: HttpRequest) -> HttpResponseBase:
    batches = imports_of(request.user, scope_of(request.user, Permission.IMPORT))
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "verbatims/imports/list.html", {"page": page})


@require_GET
@needs(Permission.IMPORT)
def one_import(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Where the import stands: waiting for choices, under way, cut short, done, undone."""
    batch = batch_or_404(request, pk)
    if batch.state == ImportState.UPLOADED and batch.created_by_id == request.user.pk:
        return redirect("verbatims:import_columns", pk=pk)
    live = batch.job is not None and batch.job.is_live
    context = {
        "batch": batch,
        "live": live,
        "went_in": batch.source_id is not None and batch.state not in (ImportState.UNDOING, ImportState.UNDONE),
        "asks_services": names_services(mapping_of(batch)),
        "cut_short": not live and batch.state in RESUMABLE,
        "may_undo": not live and batch.state in UNDOABLE and batch.rows_read > 0,
        "reasons": reject_counts(batch),
        "waiting": waiting_of_import(batch),
    }
    return render(request, "verbatims/imports/detail.html", context)


@require_POST
@needs(Permission.IMPORT)
def resume(request: HttpRequest, pk: int) -> HttpResponseBase:
    batch = batch_or_404(request, pk)
    if batch.state not in RESUMABLE or batch.source_id is None:
        raise Http404
    enqueue_import(batch, by=request.user)
    return redirect("verbatims:import", pk=pk)


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT)
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks first: what was created will be erased."""
    batch = batch_or_404(request, pk)
    if batch.state not in UNDOABLE or (batch.job is not None and batch.job.is_live):
        return redirect("verbatims:import", pk=pk)
    if request.method == "POST":
        enqueue_undo(batch, by=request.user)
        return redirect("verbatims:import", pk=pk)
    return render(request, "verbatims/imports/undo.html", {"batch": batch})


@require_POST
@needs(Permission.IMPORT)
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Gives up a file before anything of it went in."""
    batch = batch_or_404(request, pk)
    if batch.state not in (ImportState.UPLOADED, ImportState.MAPPED) or batch.rows_read:
        raise Http404
    discard_import(batch, by=request.user)
    messages.success(request, _("Le fichier est effacé. Rien n’a été importé."))
    return redirect("verbatims:imports")


@require_GET
@needs(Permission.IMPORT)
def rejects(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list of rejects; the rows themselves only for who brought them, or may read raw words. Logged."""
    batch = batch_or_404(request, pk)
    with_words = batch.created_by_id == request.user.pk or scope_of(request.user, Permission.READ_RAW).everything
    audit.record("verbatims.rejects_downloaded", by=request.user, target=batch, with_words=with_words)
    header, rows = reject_rows(batch, with_words=with_words)
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejets-import-{batch.pk}.csv"'
    return response
