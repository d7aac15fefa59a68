"""The page ``/ui/``."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ecoute.ui.gallery.forms import SampleForm
from ecoute.ui.gallery.samples import samples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, with a note on its accessibility."""
    wrong = SampleForm({"name": "", "channel": "phone", "since": "31/02/2026"}, prefix="wrong")
    return render(request, "ui/gallery/page.html", {"form": SampleForm(), "wrong_form": wrong, **samples()})
