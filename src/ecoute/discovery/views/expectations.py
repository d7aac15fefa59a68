"""What people ask for: the ranked list, one group with all its passages, what people decide, and the export."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ecoute.directory.facade import Permission, can_everywhere, needs, scope_of
from ecoute.discovery import words
from ecoute.discovery.actions import deciding
from ecoute.discovery.actions.grouping import enqueue_grouping
from ecoute.discovery.models import ExpectationGroup
from ecoute.discovery.queries.expectations import KINDS, SORTS, Expectations, GroupView, all_said, quoted
from ecoute.discovery.views.filtering import Option, address, filter_bar
from ecoute.methods import charts
from ecoute.ui.components import TabItem
from ecoute.ui.typography import reader_locale
from ecoute.verbatims.facade import CHANNELS, Filters, bodies, source_cards

PAGE, PASSAGES = 15, 20


@dataclass(frozen=True)
class Line:
    """A group with the sentences around its figures."""

    view: GroupView
    chart: charts.Chart | None
    since: str
    how: str
    unhappy: str


def _line(view: GroupView) -> Line:
    return Line(
        view,
        words.quarterly(view, small=True),
        words.since_words(view),
        words.how_said(view),
        words.dissatisfied_words(view),
    )


def _asked(request: HttpRequest) -> Expectations:
    sort = request.GET.get("ordre", "")
    return Expectations(
        scope_of(request.user, Permission.READ),
        Filters.from_query(request.GET),
        aside=request.GET.get("ecartees") == "oui",
        sort=sort if sort in SORTS else SORTS[0],
        kind=request.GET.get("dites", ""),
    )


def _extra(asked: Expectations) -> str:
    return _rest(asked, asked.sort)


def _rest(asked: Expectations, sort: str) -> str:
    """What of the address filters do not hold."""
    parts = (
        f"ordre={sort}" if sort != SORTS[0] else "",
        f"dites={asked.kind}" if asked.kind in KINDS else "",
        "ecartees=oui" if asked.aside else "",
    )
    return "&".join(part for part in parts if part)


@require_GET
@needs(Permission.READ)
def expectations(request: HttpRequest) -> HttpResponseBase:
    """Groups ranked by how many say it, how dissatisfied they are, or how new."""
    asked = _asked(request)
    page = Paginator(asked.found, PAGE).get_page(request.GET.get("page"))
    extra = _extra(asked)
    context = {
        "asked": asked,
        "page": page,
        "lines": [_line(view) for view in asked.views(list(page))],
        "bar": filter_bar(asked.corpus, asked.filters, extra=_rest(replace(asked, kind=""), asked.sort)),
        "kinds": _kinds(asked),
        "sorts": _sorts(asked),
        "querystring": address(asked.filters, extra).lstrip("?"),
        "query": asked.filters.to_query(),
        "aside_href": address(asked.filters, "" if asked.aside else "ecartees=oui"),
        "caveats": caveats(asked),
        "may_edit": can_everywhere(request.user, Permission.EDIT_CODEBOOK),
        "may_export": not scope_of(request.user, Permission.EXPORT).is_empty,
    }
    return render(request, "discovery/expectations.html", context)


def _sorts(asked: Expectations) -> list[TabItem]:
    labels = {
        "nombre": _("Les plus dites"),
        "insatisfaction": _("Les plus insatisfaits"),
        "recentes": _("Les plus récentes"),
    }
    return [
        TabItem(label, address(asked.filters, _rest(asked, name)), current=name == asked.sort)
        for name, label in labels.items()
    ]


def _kinds(asked: Expectations) -> list[Option]:
    labels = {"": _("Formulées ou déduites"), "formulees": _("Formulées"), "deduites": _("Déduites d’un manque")}
    return [Option(value, label, value == asked.kind) for value, label in labels.items()]


def caveats(asked: Expectations) -> list[tuple[str, str]]:
    """What must be known of the sources counted: (name, warning)."""
    here = asked.selection.count_by("source")
    return [(card.name, card.caveat) for card in source_cards() if card.caveat and here.get(card.slug)]


@require_GET
@needs(Permission.READ)
def expectation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One group: figures, services, channels, timeline, and every passage with its evidence."""
    row = get_object_or_404(ExpectationGroup, pk=pk)
    asked = Expectations(
        scope_of(request.user, Permission.READ), Filters.from_query(request.GET), aside=row.set_aside_at is not None
    )
    one = next((found for found in asked.found if found.row.pk == pk), None)
    if one is None:
        raise Http404
    view = asked.views([one], quotes=0)[0]
    page = Paginator(all_said(asked, one), PASSAGES).get_page(request.GET.get("page"))
    known = bodies([passage.verbatim_id for passage in page], asked.scope)
    nodes = {node.id: node.short_name or node.name for node in asked.corpus.dimensions.vocabulary.nodes}
    channels = {value: str(label) for value, label in CHANNELS if value != "unknown"}
    said = [quoted(passage, known.get(passage.verbatim_id)) for passage in page]
    context = {
        "line": _line(view),
        "view": view,
        "page": page,
        "said": [(one, nodes.get(next(iter(one.body.services), 0), ""), channels.get(one.body.channel, ""))
                 for one in said if one is not None],
        "chart": words.quarterly(view, small=False),
        "services": _bars(view, "services", _("Services concernés"), _("Service")),
        "channels": _bars(view, "channels", _("Canaux"), _("Canal")),
        "bar": filter_bar(asked.corpus, asked.filters),
        "querystring": asked.filters.to_query(),
        "query": asked.filters.to_query(),
        "caveats": caveats(asked),
        "may_edit": can_everywhere(request.user, Permission.EDIT_CODEBOOK),
    }  # fmt: skip
    return render(request, "discovery/expectation.html", context)


def _bars(view: GroupView, name: str, title: str, heading: str) -> charts.Chart | None:
    places = getattr(view, name)
    if not places:
        return None
    items = [charts.Bar(place.label, place.count, count=place.count) for place in places]
    return charts.bars(
        items, title=title, unit="count", limit=10, heading=heading, key=name, width=520, locale=reader_locale(),
        note=_("Seuls paraissent ceux que nomment au moins 5 verbatims ; un verbatim peut en nommer plusieurs."),
    )  # fmt: skip


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Names, sets aside, or brings back: ``do`` says which."""
    group = get_object_or_404(ExpectationGroup, pk=pk)
    verb = request.POST.get("do")
    if verb == "rename":
        return _rename(request, group)
    if verb == "aside":
        deciding.set_aside(group=group, by=request.user)
        messages.success(request, _("Cette attente est mise de côté. Vous la retrouverez parmi les attentes écartées."))
        return redirect("discovery:expectations")
    if verb == "back":
        deciding.bring_back(group=group, by=request.user)
        messages.success(request, _("Cette attente est de nouveau dans la liste."))
    return redirect("discovery:expectations")


def _rename(request: HttpRequest, group: ExpectationGroup) -> HttpResponseBase:
    try:
        deciding.rename(group=group, name=request.POST.get("name", ""), by=request.user)
    except ValueError:
        messages.error(request, _("Donnez un nom de 120 signes au plus."))
    else:
        messages.success(request, _("Le nom est enregistré : chacun le lira.") if group.given_name
                         else _("Le groupe reprend pour nom les mots d’un verbatim."))  # fmt: skip
    return redirect("discovery:expectation", pk=group.pk)


@require_POST
@needs(Permission.EDIT_CODEBOOK, everywhere=True)
def regroup(request: HttpRequest) -> HttpResponse:
    """Asks for the groups to be made anew."""
    enqueue_grouping(by=request.user)
    messages.success(request, _("Les attentes sont en cours de regroupement : rechargez la page dans un instant."))
    return redirect("discovery:expectations")
