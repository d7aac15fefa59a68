"""One's own account, and the language of the pages."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from ecoute.directory.actions.people import change_profile, choose_language
from ecoute.directory.forms.profile import ProfileForm
from ecoute.directory.models import Grant, Membership, User
from ecoute.directory.queries.access import has_second_factor, sleeping_permissions


class Profile(LoginRequiredMixin, View):
    """Name, language, password, second factor, and the roles one holds."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user = cast(User, request.user)
        initial = {"name": user.name, "language": user.language}
        return self._page(request, ProfileForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ProfileForm(request.POST)
        if not form.is_valid():
            return self._page(request, form)
        change_profile(user=cast(User, request.user), **form.cleaned_data)
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Votre profil est enregistré."))
        return redirect("directory:profile")

    def _page(self, request: HttpRequest, form: ProfileForm) -> HttpResponse:
        user = cast(User, request.user)
        held = Membership.objects.filter(user=user).select_related("service").order_by("id")
        context = {
            "form": form,
            "roles": held,
            "rights": Grant.objects.filter(membership__user=user).order_by("id"),
            "second_factor": has_second_factor(user),
            "sleeping": bool(sleeping_permissions(user)),
        }
        return render(request, "directory/profile.html", context)


class SecondFactor(LoginRequiredMixin, View):
    """Why a second factor is asked for, and the way to set it up."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if has_second_factor(request.user):
            return redirect("mfa_index")
        return render(request, "directory/second_factor.html", {"sleeping": sleeping_permissions(request.user)})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages from now on: kept in the profile of who is signed in, and in a cookie."""
    language, onwards = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(onwards, {request.get_host()}, require_https=request.is_secure()):
        onwards = "/"
    response = redirect(onwards)
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            choose_language(user=request.user, language=language)
        year = 365 * 24 * 3600
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=year, samesite="Lax", secure=request.is_secure()
        )
    return response
