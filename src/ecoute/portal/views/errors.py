"""When a form comes back too late or from elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Says what to do when a form's seal is missing or too old. ``reason`` is Django's, kept out of the page."""
    return render(request, "403_csrf.html", status=403)
