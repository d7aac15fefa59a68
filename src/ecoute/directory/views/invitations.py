"""Inviting people, and accepting an invitation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ecoute.directory.actions.invitations import (
    SentInvitation,
    accept_invitation,
    find_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
)
from ecoute.directory.actions.people import give_role
from ecoute.directory.errors import AlreadyHasAccount, Refused
from ecoute.directory.forms.people import InvitationForm
from ecoute.directory.forms.profile import AcceptInvitationForm
from ecoute.directory.queries.access import sleeping_permissions
from ecoute.directory.queries.people import invitations_in
from ecoute.directory.views.doors import Answering, ForAdministrators

_FRESH = "directory_fresh_invitation"


def _address(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(reverse("directory:accept_invitation", args=[token]))


def _announce(request: HttpRequest, sent: SentInvitation) -> HttpResponse:
    if sent.delivered:
        messages.success(request, _("L’invitation est partie à %s.") % sent.invitation.email)
    else:  # nobody will receive a letter: the link is shown, once, to be passed on
        request.session[_FRESH] = {"email": sent.invitation.email, "link": sent.link}
    return redirect("directory:invitations")


class Invitations(ForAdministrators, View):
    """Invitations that wait for an answer."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "invitations": invitations_in(self.scope),
            "now": timezone.now(),
            "fresh": request.session.pop(_FRESH, None),
        }
        return render(request, "directory/invitations.html", context)


class Invite(Answering, ForAdministrators, View):
    """Invites somebody; gives the role at once to an address that has an account."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "directory/invite.html", {"form": InvitationForm(scope=self.scope)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(request.POST, scope=self.scope)
        if not form.is_valid():
            return render(request, "directory/invite.html", {"form": form})
        data = form.cleaned_data
        asked = {"role": data["role"], "service_id": data["service"], "by": request.user}
        try:
            return _announce(request, invite(email=data["email"], address=_address(request), **asked))
        except AlreadyHasAccount as known:
            give_role(user=known.user, **asked)  # type: ignore[arg-type]
            messages.success(request, _("Cette personne a déjà un compte : le rôle lui est donné."))
            return redirect("directory:person", known.user.pk)  # type: ignore[attr-defined]

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:invite")


class _OnInvitation(Answering, ForAdministrators, View):
    def after_refusal(self) -> HttpResponse:
        return redirect("directory:invitations")


class ResendInvitation(_OnInvitation):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        waiting = get_object_or_404(invitations_in(self.scope), pk=pk)
        return _announce(request, resend_invitation(invitation=waiting, address=_address(request), by=request.user))


class RevokeInvitation(_OnInvitation):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        waiting = get_object_or_404(invitations_in(self.scope), pk=pk)
        revoke_invitation(invitation=waiting, by=request.user)
        messages.success(request, _("L’invitation est annulée : son lien ne fonctionne plus."))
        return redirect("directory:invitations")


@method_decorator([never_cache, sensitive_post_parameters("password")], name="dispatch")
class AcceptInvitation(View):
    """Where the link of the letter leads: a name, a password, and one is signed in."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None:
            return render(request, "directory/dead_invitation.html", status=410)
        return self._page(request, invitation, AcceptInvitationForm(email=invitation.email))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None:
            return render(request, "directory/dead_invitation.html", status=410)
        form = AcceptInvitationForm(request.POST, email=invitation.email)
        if not form.is_valid():
            return self._page(request, invitation, form)
        try:
            user = accept_invitation(token=token, language=_language(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._page(request, invitation, form)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        reauthenticate_by_password(request)  # the password was just typed: setting up a second factor asks no more
        messages.success(request, _("Bienvenue. Votre compte est ouvert."))
        return redirect("directory:second_factor" if sleeping_permissions(user) else settings.LOGIN_REDIRECT_URL)

    def _page(self, request: HttpRequest, invitation: Any, form: AcceptInvitationForm) -> HttpResponse:
        # The address holds the token: SECURE_REFERRER_POLICY keeps it from other sites. Nothing stricter, or browsers
        # would send « Origin: null » with the form and the CSRF check would refuse it.
        return render(request, "directory/accept_invitation.html", {"invitation": invitation, "form": form})


def _language() -> str:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
