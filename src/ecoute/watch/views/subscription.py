"""Receiving the digest, or no longer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ecoute.directory.facade import Permission, needs
from ecoute.watch.actions.letters import subscribe, unsubscribe
from ecoute.watch.enums import Frequency
from ecoute.watch.models import Subscription


@require_http_methods(["GET", "POST"])
@needs(Permission.READ, hidden=True)
def subscription(request: HttpRequest) -> HttpResponseBase:
    """How often, of oneself alone."""
    if request.method == "POST":
        try:
            kept = subscribe(user=request.user, frequency=request.POST.get("frequency", ""))
        except ValueError:
            raise Http404 from None
        messages.success(request, _SAID[Frequency(kept.frequency)]())
        return redirect("watch:subscription")
    known = Subscription.objects.filter(user=request.user.pk).first()
    context = {"frequency": known.frequency if known else Frequency.NEVER, "choices": Frequency.choices}
    return render(request, "watch/subscription.html", context)


@csrf_exempt  # RFC 8058: mail programs end a subscription by one POST without cookies; the key is the proof
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ends a subscription by the link of a letter, without signing in; a GET only asks, for machines follow links."""
    done = request.method == "POST"
    if done and not unsubscribe(key=key):
        raise Http404
    if not done and not Subscription.objects.filter(key=key).exists():
        raise Http404
    return render(request, "watch/end.html", {"done": done})


_SAID = {
    Frequency.NEVER: lambda: _("Vous ne recevrez plus d’alertes par courriel."),
    Frequency.WEEKLY: lambda: _("Vous recevrez un courriel par semaine au plus, quand une alerte est nouvelle."),
    Frequency.MONTHLY: lambda: _("Vous recevrez un courriel par mois au plus, quand une alerte est nouvelle."),
}
