"""Who may open these pages: people signed in who may read some service."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from ecoute.directory.facade import Permission, Scope, scope_of
from ecoute.indicators.queries.reading import Reading, reading
from ecoute.indicators.views.filter_bar import filter_bar
from ecoute.verbatims.facade import Filters


class FiguresView(LoginRequiredMixin, TemplateView):
    """A page of figures about the words its reader may read; nothing to read anywhere answers 404."""

    @cached_property
    def scope(self) -> Scope:
        scope = scope_of(self.request.user, Permission.READ)
        if scope.is_empty:
            raise Http404
        return scope

    @cached_property
    def reading(self) -> Reading:
        return reading(self.scope, Filters.from_query(self.request.GET))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._refuse_services_out_of_sight()
        shared = {"reading": self.reading, "frame": self.reading.frame, "filters": self.reading.filters}
        return super().get_context_data(**shared, bar=filter_bar(self.reading), **kwargs)

    def _refuse_services_out_of_sight(self) -> None:
        if not all(self.scope.allows(service) for service in self.reading.filters.services):
            raise Http404
