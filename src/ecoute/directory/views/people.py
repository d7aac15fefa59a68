"""People, their roles and their rights, for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from ecoute.directory.actions.people import (
    close_account,
    give_role,
    grant_permission,
    remove_second_factor,
    reopen_account,
    revoke_grant,
    take_role,
)
from ecoute.directory.forms.people import GrantForm, PeopleSearch, RoleForm
from ecoute.directory.models import Grant, Membership, User
from ecoute.directory.queries.people import invitations_in, memberships_in, people_in
from ecoute.directory.views.doors import Answering, ForAdministrators
from ecoute.directory.views.undoing import offer_undo, undo_on_offer

PEOPLE_A_PAGE = 50


class People(ForAdministrators, View):
    """Everybody who has a role in what the administrator looks after."""

    def get(self, request: HttpRequest) -> HttpResponse:
        search = PeopleSearch(request.GET)
        asked: dict[str, Any] = search.cleaned_data if search.is_valid() else {}
        query = request.GET.copy()
        query.pop("page", None)
        context = {
            "page": Paginator(people_in(self.scope, **asked), PEOPLE_A_PAGE).get_page(request.GET.get("page")),
            "search": search,
            "searched": any(asked.values()),
            "querystring": query.urlencode(),
            "waiting": invitations_in(self.scope).count(),
            "can_undo": undo_on_offer(request),
        }
        return render(request, "directory/people.html", context)


class Person(Answering, ForAdministrators, View):
    """One account: its roles, its rights; a role can be added."""

    person: User

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, pk, RoleForm(scope=self.scope))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.person = get_object_or_404(people_in(self.scope, closed=None), pk=pk)
        form = RoleForm(request.POST, scope=self.scope)
        if not form.is_valid():
            return self._page(request, pk, form)
        data = form.cleaned_data
        give_role(user=self.person, role=data["role"], service_id=data["service"], by=request.user)
        messages.success(request, _("Le rôle est donné."))
        return redirect("directory:person", pk)

    def _page(self, request: HttpRequest, pk: int, form: RoleForm) -> HttpResponse:
        self.person = get_object_or_404(people_in(self.scope, closed=None), pk=pk)
        elsewhere = self.person.memberships.count() - len(self.person.roles_in_scope)  # type: ignore[attr-defined]
        context = {
            "person": self.person,
            "form": form,
            "elsewhere": elsewhere,
            "is_self": self.person.pk == request.user.pk,
            "can_undo": undo_on_offer(request),
        }
        return render(request, "directory/person.html", context)

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:person", self.person.pk)


class _Back(Answering, ForAdministrators, View):
    """An action on a person, that ends on their page."""

    person_id: int

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:person", self.person_id)

    def membership(self, pk: int) -> Membership:
        found = get_object_or_404(memberships_in(self.scope).select_related("user", "service"), pk=pk)
        self.person_id = found.user_id
        return found


class TakeRole(_Back):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self.membership(pk)
        rights = [[grant.permission, grant.reason] for grant in held.grants.all()]
        kept = {"user": held.user_id, "role": held.role, "service": held.service_id, "grants": rights}
        take_role(membership=held, by=request.user)
        back = reverse("directory:person", args=[self.person_id])
        still_seen = people_in(self.scope, closed=None).filter(pk=self.person_id).exists()
        offer_undo(request, "role", back, **kept)
        messages.success(request, _("Le rôle est retiré."))
        return redirect(back if still_seen else reverse("directory:people"))


class GiveRight(_Back):
    """A right added by name to a role, with its reason."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self.membership(pk)
        return self._page(request, held, GrantForm(membership=held))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        held = self.membership(pk)
        form = GrantForm(request.POST, membership=held)
        if not form.is_valid():
            return self._page(request, held, form)
        grant_permission(membership=held, by=request.user, **form.cleaned_data)
        messages.success(request, _("Le droit est donné."))
        return redirect("directory:person", self.person_id)

    def _page(self, request: HttpRequest, held: Membership, form: GrantForm) -> HttpResponse:
        return render(request, "directory/give_right.html", {"held": held, "person": held.user, "form": form})


class TakeRight(_Back):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        rights = Grant.objects.filter(membership__in=memberships_in(self.scope)).select_related("membership__user")
        right = get_object_or_404(rights, pk=pk)
        self.person_id = right.membership.user_id
        kept = {"membership": right.membership_id, "permission": right.permission, "reason": right.reason}
        revoke_grant(grant=right, by=request.user)
        offer_undo(request, "right", reverse("directory:person", args=[self.person_id]), **kept)
        messages.success(request, _("Le droit est retiré."))
        return redirect("directory:person", self.person_id)


class CloseAccount(_Back):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(people_in(self.scope), pk=pk)
        self.person_id = person.pk
        close_account(user=person, by=request.user)
        offer_undo(request, "account", reverse("directory:person", args=[pk]), user=pk)
        messages.success(request, _("Le compte est fermé : cette personne ne peut plus se connecter."))
        return redirect("directory:person", pk)


class ReopenAccount(_Back):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(people_in(self.scope, closed=True), pk=pk)
        self.person_id = person.pk
        reopen_account(user=person, by=request.user)
        messages.success(request, _("Le compte est rouvert, avec les rôles qu’il avait."))
        return redirect("directory:person", pk)


class RemoveSecondFactor(_Back):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        person = get_object_or_404(people_in(self.scope), pk=pk)
        self.person_id = person.pk
        remove_second_factor(user=person, by=request.user)
        messages.success(request, _("Le second facteur est retiré : cette personne pourra en installer un autre."))
        return redirect("directory:person", pk)
