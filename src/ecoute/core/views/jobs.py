"""The progress of a job: a fragment that a page asks for again every second, and a page for those without scripts."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views import View

from ecoute.core.access import MANAGE, may
from ecoute.core.jobs import cancel
from ecoute.core.models import Job
from ecoute.core.queries.jobs import job_in_words


class JobView(LoginRequiredMixin, View):
    """``GET /jobs/<id>/?next=/where/`` – for its creator and administrators of the whole; others see nothing (404)."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = _visible_job(request, pk)
        next_url = _safe_next(request)
        if job.state == Job.State.DONE and next_url:
            return _go(request, next_url)
        return _show(request, job, next_url)


class CancelView(LoginRequiredMixin, View):
    """``POST /jobs/<id>/cancel/``"""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        job = _visible_job(request, pk)
        cancel(job, by=request.user)
        job.refresh_from_db()
        next_url = _safe_next(request)
        if _from_htmx(request):
            return _show(request, job, next_url)
        return HttpResponseRedirect(_address(job, next_url))


def _show(request: HttpRequest, job: Job, next_url: str) -> HttpResponse:
    context: dict[str, Any] = {
        "job": job,
        "words": job_in_words(job),
        "address": _address(job, next_url),
        "cancel_address": _address(job, next_url, "core:job_cancel"),
        "next_url": next_url,
    }
    fragment = _from_htmx(request)
    response = render(request, "core/job_fragment.html" if fragment else "core/job.html", context)
    if fragment and not job.is_live:
        response["HX-Trigger"] = "job-ended"
    response["Cache-Control"] = "no-store"
    return response


def _go(request: HttpRequest, next_url: str) -> HttpResponse:
    if _from_htmx(request):
        return HttpResponse(headers={"HX-Redirect": next_url})
    return HttpResponseRedirect(next_url)


def _visible_job(request: HttpRequest, pk: int) -> Job:
    job = Job.objects.filter(pk=pk).first()
    if job is None or not (job.created_by_id == request.user.pk or may(request.user, MANAGE)):
        raise Http404
    return job


def _from_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _safe_next(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else ""


def _address(job: Job, next_url: str, name: str = "core:job") -> str:
    return reverse(name, args=[job.pk]) + (f"?{urlencode({'next': next_url})}" if next_url else "")
