"""Rights, for pages of core: the rule itself lives in a room above, named by ``settings.PERMISSION_CHECK``."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

MANAGE = "directory.manage"
READ_AUDIT = "audit.read"


def may(user: Any, permission: str) -> bool:
    """Whether ``user`` holds ``permission`` on the whole tree: jobs and the journal belong to no branch."""
    check: Callable[[Any, str], bool] = import_string(settings.PERMISSION_CHECK)
    return check(user, permission)


class PermissionRequired(LoginRequiredMixin):
    """A view for holders of ``permission`` on the whole tree: others are asked to sign in, or answered 403."""

    permission = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not may(request.user, self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
