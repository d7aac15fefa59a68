"""The tree of services, for administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from ecoute.directory.actions.merging import merge_services
from ecoute.directory.actions.tree import (
    add_alias,
    add_service,
    close_service,
    describe_service,
    forget_alias,
    move_service,
    reopen_service,
)
from ecoute.directory.forms.services import AliasForm, MergeForm, MoveForm, NewServiceForm, ServiceForm
from ecoute.directory.models import Service, ServiceAlias
from ecoute.directory.queries.services import ancestors_of, children_of, services_named
from ecoute.directory.views.doors import Answering, ForAdministrators
from ecoute.directory.views.undoing import offer_undo, undo_on_offer

SERVICES_A_PAGE = 100


class Services(ForAdministrators, View):
    """One floor of the tree, or the services that bear some words."""

    def get(self, request: HttpRequest) -> HttpResponse:
        words = request.GET.get("words", "").strip()[:100]
        found = services_named(words, self.scope) if words else children_of(None, self.scope)
        context = {
            "page": Paginator(found, SERVICES_A_PAGE).get_page(request.GET.get("page")),
            "words": words,
            "querystring": f"words={words}" if words else "",
            "can_undo": undo_on_offer(request),
        }
        return render(request, "directory/services.html", context)


class NewService(Answering, ForAdministrators, View):
    """A service to make, under another or at the first level."""

    def get(self, request: HttpRequest) -> HttpResponse:
        under = request.GET.get("sous", "")
        form = NewServiceForm(scope=self.scope, under=int(under) if under.isdecimal() else None)
        return render(request, "directory/new_service.html", {"form": form})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewServiceForm(request.POST, scope=self.scope)
        if not form.is_valid():
            return render(request, "directory/new_service.html", {"form": form})
        data = form.cleaned_data
        parent_id = data.pop("parent")
        made = add_service(parent_id=parent_id, by=request.user, **data)
        messages.success(request, _("Le service « %s » est créé.") % made.name)
        return redirect("directory:service", made.pk)

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:services")


class OnService(Answering, ForAdministrators, View):
    """Something about one service of the administrator's branches; ends on its page."""

    service: Service

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def find(self, pk: int) -> Service:
        self.service = get_object_or_404(Service.objects.select_related("parent"), pk=pk)
        if not self.scope.allows(pk):
            return get_object_or_404(Service.objects.none(), pk=pk)
        return self.service

    def after_refusal(self) -> HttpResponse:
        return redirect("directory:service", self.service.pk)


class OneService(OnService):
    """Names, place, aliases, what is under it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, self.find(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self.find(pk)
        form = ServiceForm(request.POST)
        if not form.is_valid():
            return self._page(request, service, form=form)
        former = {"name": service.name, "short_name": service.short_name, "kind": service.kind}
        if former != form.cleaned_data:
            describe_service(service=service, by=request.user, **form.cleaned_data)
            offer_undo(request, "names", reverse("directory:service", args=[pk]), service=pk, **former)
        messages.success(request, _("Le service est enregistré."))
        return redirect("directory:service", pk)

    def _page(self, request: HttpRequest, service: Service, **forms: Any) -> HttpResponse:
        return service_page(request, self, service, **forms)


def service_page(request: HttpRequest, view: OnService, service: Service, **forms: Any) -> HttpResponse:
    """The page of a service, with the form that has errors, if any, in place of a fresh one."""
    names = {"name": service.name, "short_name": service.short_name, "kind": service.kind}
    under = children_of(service, view.scope)
    context = {
        "service": service,
        "ancestors": [one for one in ancestors_of(service) if view.scope.allows(one.pk)],
        "page": Paginator(under, SERVICES_A_PAGE).get_page(request.GET.get("page")),
        "aliases": service.aliases.order_by("folded"),
        "form": forms.get("form") or ServiceForm(initial=names),
        "move_form": forms.get("move_form") or MoveForm(scope=view.scope, now=service.parent_id),
        "merge_form": forms.get("merge_form") or MergeForm(scope=view.scope),
        "alias_form": forms.get("alias_form") or AliasForm(),
        "can_undo": undo_on_offer(request),
    }
    return render(request, "directory/service.html", context)


class MoveService(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self.find(pk)
        form = MoveForm(request.POST, scope=self.scope)
        if not form.is_valid():
            return service_page(request, self, service, move_form=form)
        former = service.parent_id
        move_service(service=service, parent_id=form.cleaned_data["parent"], by=request.user)
        offer_undo(request, "place", reverse("directory:service", args=[pk]), service=pk, parent=former)
        messages.success(request, _("Le service et ceux qui en dépendent sont déplacés."))
        return redirect("directory:service", pk)


class MergeService(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        gone = self.find(pk)
        form = MergeForm(request.POST, scope=self.scope)
        if not form.is_valid():
            return service_page(request, self, gone, merge_form=form)
        kept = get_object_or_404(Service, pk=form.cleaned_data["kept"])
        merge_services(kept=kept, gone=gone, by=request.user)
        messages.success(request, _("Les deux services n’en font plus qu’un ; l’ancien nom reste reconnu."))
        return redirect("directory:service", kept.pk)


class CloseService(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        closed = close_service(service=self.find(pk), by=request.user)
        offer_undo(request, "closing", reverse("directory:service", args=[pk]), service=pk, closed=closed)
        messages.success(request, _("Le service n’est plus proposé ; les verbatims qui le concernent restent."))
        return redirect("directory:service", pk)


class ReopenService(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        reopen_service(service=self.find(pk), by=request.user)
        messages.success(request, _("Le service est de nouveau proposé."))
        return redirect("directory:service", pk)


class AddAlias(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        service = self.find(pk)
        form = AliasForm(request.POST)
        if not form.is_valid():
            return service_page(request, self, service, alias_form=form)
        add_alias(service=service, written=form.cleaned_data["written"], by=request.user)
        messages.success(request, _("Cette écriture désigne maintenant ce service."))
        return redirect("directory:service", pk)


class ForgetAlias(OnService):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        alias = get_object_or_404(ServiceAlias, pk=pk)
        service = self.find(alias.service_id)
        forget_alias(alias=alias, by=request.user)
        back = reverse("directory:service", args=[service.pk])
        offer_undo(request, "alias", back, service=service.pk, written=alias.written)
        messages.success(request, _("Cette écriture ne désigne plus ce service."))
        return redirect(back)
