"""Taking back the last change: remembered in the session, offered on the next page, done once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View

from ecoute.directory.actions import people, tree
from ecoute.directory.models import Membership, Service, User
from ecoute.directory.views.doors import Answering, ForAdministrators

_KEY = "directory_undo"


def offer_undo(request: HttpRequest, what: str, back: str, **arguments: Any) -> None:
    """Remembers how to take back what was just done; ``back`` is the page to return to."""
    request.session[_KEY] = {"what": what, "back": back, "arguments": arguments}


def undo_on_offer(request: HttpRequest) -> bool:
    """Whether something can be taken back."""
    return _KEY in request.session


class Undo(Answering, ForAdministrators, View):
    """Takes back the last change of this person."""

    def post(self, request: HttpRequest) -> HttpResponse:
        offered = request.session.pop(_KEY, None)
        if offered is None:
            messages.info(request, _("Il n’y a rien à annuler."))
            return redirect("directory:people")
        _UNDOERS[offered["what"]](by=request.user, **offered["arguments"])
        messages.success(request, _("C’est annulé."))
        return redirect(offered["back"])

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:people")


def _role(*, user: int, role: str, service: int | None, grants: list[list[str]], by: Any) -> None:
    person = get_object_or_404(User, pk=user)
    membership = people.give_role(user=person, role=role, service_id=service, by=by)
    for permission, reason in grants:
        people.grant_permission(membership=membership, permission=permission, reason=reason, by=by)


def _right(*, membership: int, permission: str, reason: str, by: Any) -> None:
    held = get_object_or_404(Membership, pk=membership)
    people.grant_permission(membership=held, permission=permission, reason=reason, by=by)


def _account(*, user: int, by: Any) -> None:
    people.reopen_account(user=get_object_or_404(User, pk=user), by=by)


def _place(*, service: int, parent: int | None, by: Any) -> None:
    tree.move_service(service=get_object_or_404(Service, pk=service), parent_id=parent, by=by)


def _names(*, service: int, name: str, short_name: str, kind: str, by: Any) -> None:
    one = get_object_or_404(Service, pk=service)
    tree.describe_service(service=one, name=name, short_name=short_name, kind=kind, by=by)


def _alias(*, service: int, written: str, by: Any) -> None:
    tree.add_alias(service=get_object_or_404(Service, pk=service), written=written, by=by)


def _closing(*, service: int, closed: list[int], by: Any) -> None:
    tree.reopen_service(service=get_object_or_404(Service, pk=service), with_ids=closed, by=by)


_UNDOERS: dict[str, Callable[..., None]] = {
    "role": _role,
    "right": _right,
    "account": _account,
    "place": _place,
    "names": _names,
    "alias": _alias,
    "closing": _closing,
}
