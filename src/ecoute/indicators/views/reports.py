"""Reports: choose, read, print, keep."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views import View

from ecoute.directory.facade import Permission, Scope, can, scope_of, service_nodes
from ecoute.indicators import links
from ecoute.indicators.actions.freeze import freeze_report
from ecoute.indicators.documents.ods import CONTENT_TYPE, report_ods
from ecoute.indicators.documents.pdf import report_pdf
from ecoute.indicators.enums import Audience
from ecoute.indicators.forms.report import ReportForm
from ecoute.indicators.models import FrozenReport
from ecoute.indicators.pictures.board import no_link
from ecoute.indicators.pictures.report import Shown, show_report, title_of
from ecoute.indicators.queries.codebook import current_tree
from ecoute.indicators.queries.frozen import cited, frozen_reports
from ecoute.indicators.queries.records import from_plain
from ecoute.indicators.queries.report import Report
from ecoute.indicators.queries.report_making import Made, filters_of, make_report, quote_ids, recomputed_differences
from ecoute.ui.typography import long_date, long_moment


class Gate(LoginRequiredMixin, View):
    """People signed in who may read some service; the others are told that there is nothing here."""

    @cached_property
    def scope(self) -> Scope:
        scope = scope_of(self.request.user, Permission.READ)
        if scope.is_empty:
            raise Http404
        return scope

    def form(self, data: Any = None) -> ReportForm:
        return ReportForm(data, scope=self.scope, nodes=service_nodes(self.scope), tree=current_tree())


class ReportsView(Gate):
    """Choose what a report is about; below, the reports kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = frozen_reports(self.scope)
        return render(request, "indicators/reports.html", {"form": self.form(), "kept": kept})


class ReportView(Gate):
    """A report computed now: a page, or with ``format`` a PDF or a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        form = self.form(request.GET)
        if not form.is_valid():
            if "service" in form.errors and request.GET.get("service"):
                raise Http404
            context = {"form": form, "kept": frozen_reports(self.scope)}
            return render(request, "indicators/reports.html", context, status=400)
        made = make_report(self.scope, form.parameters())
        footer = _("Chiffres calculés le {day}").format(day=long_date(timezone.localdate()))
        voices = cited(self.scope, _quotes(made))
        shape = request.GET.get("format", "")
        if shape in ("pdf", "ods"):
            return _document(shape, made.report, voices, footer)
        link = partial(links.words_behind, filters_of(made.report.parameters))
        context = {
            "shown": show_report(made.report, link),
            "report": made.report,
            "quotes": voices,
            "footer": footer,
            "frozen": None,
            "query": _query(request),
            "may_freeze": can(request.user, Permission.EXPORT, made.report.parameters.service),
        }
        return render(request, "indicators/report.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Freezes the report shown."""
        form = self.form(request.POST)
        if not form.is_valid():
            raise Http404
        parameters = form.parameters()
        if not scope_of(request.user, Permission.EXPORT).allows(parameters.service):
            raise Http404
        made = make_report(self.scope, parameters)
        title = f"{title_of(made.report)}, {show_report(made.report, no_link).subtitle}"
        frozen = freeze_report(report=made.report, title=title[:300], quotes=_quotes(made), by=request.user)
        messages.success(request, _("Les chiffres sont figés : ce rapport restera le même."))
        return redirect("indicators:frozen", uid=frozen.uid)


class FrozenView(Gate):
    """A report kept: the figures of that day, and whether today's differ."""

    def get(self, request: HttpRequest, uid: Any) -> HttpResponseBase:
        frozen = get_object_or_404(FrozenReport, uid=uid)
        if not self.scope.allows(frozen.service_id):
            raise Http404
        report = from_plain(Report, frozen.figures)
        footer = _("Chiffres figés le {day}, référence {reference}").format(
            day=long_moment(frozen.created_at), reference=frozen.reference
        )
        voices = cited(self.scope, frozen.quotes)
        shape = request.GET.get("format", "")
        if shape in ("pdf", "ods"):
            return _document(shape, report, voices, footer)
        link = partial(links.words_behind, filters_of(report.parameters))
        context = {
            "shown": show_report(report, link),
            "report": report,
            "quotes": voices,
            "footer": footer,
            "frozen": frozen,
            "differs": len(recomputed_differences(self.scope, frozen.figures)),
            "query": "",
            "may_freeze": False,
        }
        return render(request, "indicators/report.html", context)


def _quotes(made: Made) -> dict[str, list[int]]:
    """Nothing is quoted in what will be published, nor where no figure is shown."""
    if made.report.board is None or made.report.parameters.audience == Audience.PUBLICATION:
        return {}
    return quote_ids(made.reading)


def _document(shape: str, report: Report, voices: list[dict[str, Any]], footer: str) -> HttpResponseBase:
    with translation.override(report.parameters.language):
        shown: Shown = show_report(report, no_link)
        name = f"{slugify(shown.title)[:60] or 'rapport'}.{shape}"
        if shape == "pdf":
            made = report_pdf(shown, quotes=voices, footer=footer)
            answer: HttpResponseBase = HttpResponse(made, content_type="application/pdf")
        else:
            answer = StreamingHttpResponse(list(report_ods(shown, footer)), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("format", None)
    return kept.urlencode()
