"""The journal: who did and read what. For auditors and administrators of the whole: its entries bear no branch."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from ecoute.core import audit
from ecoute.core.access import READ_AUDIT, PermissionRequired
from ecoute.core.forms.journal import JournalForm
from ecoute.core.models import AuditEntry
from ecoute.core.queries.journal import journal
from ecoute.core.sheets import csv_lines
from ecoute.core.verbs import audit_word, detail_in_words, verb_label

PER_PAGE = 50


class JournalView(PermissionRequired, View):
    permission = READ_AUDIT

    def get(self, request: HttpRequest) -> HttpResponse:
        form = JournalForm(request.GET)
        page = Paginator(journal(form.filters()), PER_PAGE).get_page(request.GET.get("page"))
        query = request.GET.copy()
        query.pop("page", None)
        context: dict[str, Any] = {
            "form": form,
            "page": page,
            "entries": [
                (entry, verb_label(entry.verb), audit_word(entry.target_type), detail_in_words(entry.detail))
                for entry in page
            ],
            "query": query.urlencode(),
            "filtered": any(query.values()),
        }
        return render(request, "core/journal.html", context)


class JournalExportView(PermissionRequired, View):
    """The same, as a CSV file. Taking it away is itself written in the trail."""

    permission = READ_AUDIT

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        entries = journal(JournalForm(request.GET).filters())
        audit.record("core.journal_exported", by=request.user, entries=entries.count())
        rows = (_row(entry) for entry in entries.iterator(chunk_size=2000))
        header = ["date", "personne", "action", "libelle", "objet", "identifiant", "precisions"]
        response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="journal-{timezone.localdate():%Y-%m-%d}.csv"'
        return response


def _row(entry: AuditEntry) -> list[str]:
    at = timezone.localtime(entry.at).isoformat(timespec="seconds")
    words = [entry.verb, verb_label(entry.verb)]
    return [at, entry.actor_label, *words, entry.target_type, entry.target_id, detail_in_words(entry.detail)]
