"""Who enters the pages of the directory."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from ecoute.directory.enums import Permission
from ecoute.directory.errors import NotYours, Refused
from ecoute.directory.queries.access import Scope, sleeping_permissions
from ecoute.directory.queries.people import managed_scope


class ForAdministrators(LoginRequiredMixin):
    """A page for those who look after at least a branch; ``self.scope`` is what they look after.

    Strangers sign in first; an administrator without a second factor is shown how to set one up; others get 403.
    """

    scope: Scope

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.scope = managed_scope(request.user)
        if self.scope.is_empty:
            if Permission.MANAGE_DIRECTORY in sleeping_permissions(request.user):
                return redirect("directory:second_factor")
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Answering:
    """Turns the answers of actions into pages: outside one's branches is 403, a refusal is said and nothing changes."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]
        except NotYours as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.after_refusal()

    def after_refusal(self) -> HttpResponse:
        """Where to go when an action refused."""
        raise NotImplementedError
