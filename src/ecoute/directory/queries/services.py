"""The tree of services, read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ecoute.directory.models import Service, ServiceAlias
from ecoute.directory.queries.access import Scope
from ecoute.directory.queries.closeness import NameIndex
from ecoute.directory.spelling import folded


@dataclass(frozen=True, slots=True)
class ServiceNode:
    """A service where it stands in the tree. ``path`` is its ids from the root, as stored (see the model)."""

    id: int
    kind: str
    name: str
    short_name: str
    slug: str
    parent_id: int | None
    depth: int
    path: str
    is_active: bool = True

    @property
    def ancestor_ids(self) -> tuple[int, ...]:
        """Ids from the root down to the parent."""
        return tuple(int(part) for part in self.path.split(".")[:-2])


_FIELDS = ("id", "kind", "name", "short_name", "slug", "parent_id", "depth", "path", "is_active")


def service_nodes(scope: Scope | None = None) -> list[ServiceNode]:
    """The services of ``scope`` (None: all), parents before children, brothers by name; closed ones too. One query.

    In a narrow scope a branch keeps its real ``depth`` and ``parent_id`` even where the parent is out of sight.
    """
    rows = Service.objects.order_by("folded", "id").values_list(*_FIELDS)
    nodes = [ServiceNode(*row) for row in rows]
    if scope is not None and not scope.everything:
        nodes = [node for node in nodes if node.id in scope.service_ids]
    return list(_in_tree_order(nodes))


def branch_ids(service_id: int) -> frozenset[int]:
    """The service and all its descendants; empty when it does not exist. Two queries."""
    path = Service.objects.filter(pk=service_id).values_list("path", flat=True).first()
    if path is None:
        return frozenset()
    return frozenset(Service.objects.filter(path__startswith=path).order_by("id").values_list("id", flat=True))


def match_service(written: str) -> int | None:
    """The service that ``written`` names for sure: by a learned alias, else by a name or short name that one service
    alone bears. None when nothing or several things fit. At most two queries.
    """
    key = folded(written)
    if not key:
        return None
    learned = ServiceAlias.objects.filter(folded=key).values_list("service_id", flat=True).first()
    if learned is not None:
        return learned
    bearers = Service.objects.filter(Q(folded=key) | Q(folded_short=key)).order_by("-is_active", "id")
    found = list(bearers.values_list("id", "is_active")[:3])
    active = [pk for pk, is_active in found if is_active]
    candidates = active or [pk for pk, _ in found]
    return candidates[0] if len(candidates) == 1 else None


def suggest_services(written: str, limit: int = 5) -> list[tuple[ServiceNode, float]]:
    """Open services whose name resembles ``written``, closest first, with their closeness in [0, 1].

    Reads the whole tree each time; for many names build one ``service_index()`` and ask it.
    """
    return service_index().suggest(written, limit)


def service_index() -> ServiceIndex:
    """A picture of the open services and their aliases, made to compare many names. Two queries."""
    nodes = {node.id: node for node in service_nodes() if node.is_active}
    names = [(node.id, node.name) for node in nodes.values()]
    names += [(node.id, node.short_name) for node in nodes.values() if node.short_name]
    aliases = ServiceAlias.objects.order_by("id").values_list("service_id", "written")
    names += [(service_id, written) for service_id, written in aliases if service_id in nodes]
    return ServiceIndex(nodes, NameIndex(names))


@dataclass(frozen=True, slots=True)
class ServiceIndex:
    """Open services by the look of their names."""

    nodes: dict[int, ServiceNode]
    names: NameIndex

    def suggest(self, written: str, limit: int = 5) -> list[tuple[ServiceNode, float]]:
        """As ``suggest_services``."""
        return [(self.nodes[key], closeness) for key, closeness in self.names.nearest(written, limit)]


def _in_tree_order(nodes: list[ServiceNode]) -> Iterator[ServiceNode]:
    seen = {node.id for node in nodes}
    children: dict[int | None, list[ServiceNode]] = defaultdict(list)
    for node in nodes:
        children[node.parent_id if node.parent_id in seen else None].append(node)
    waiting = children[None][::-1]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children[node.id][::-1])


def children_of(parent: Service | None, scope: Scope) -> QuerySet[Service]:
    """The services just under ``parent`` (None: the tops of ``scope``) by name; ``.size``: how many are under each."""
    if parent is not None:
        found = Service.objects.filter(parent=parent)
    elif scope.everything:
        found = Service.objects.filter(parent=None)
    else:
        inside = Service.objects.filter(pk__in=scope.service_ids)
        found = inside.exclude(parent__in=scope.service_ids)
    return found.annotate(size=Count("children")).order_by("folded", "id")


def services_named(words: str, scope: Scope) -> QuerySet[Service]:
    """Services of ``scope`` whose name, short name or alias holds every word of ``words``, with ``.size``."""
    found = Service.objects.all() if scope.everything else Service.objects.filter(pk__in=scope.service_ids)
    for word in folded(words).split():
        in_alias = Exists(ServiceAlias.objects.filter(service=OuterRef("pk"), folded__contains=word))
        found = found.filter(Q(folded__contains=word) | Q(folded_short__contains=word) | in_alias)
    return found.select_related("parent").annotate(size=Count("children")).order_by("folded", "id")


def ancestors_of(service: Service) -> list[Service]:
    """From the root down to the parent."""
    ids = [int(part) for part in service.path.split(".")[:-2]]
    return list(Service.objects.filter(pk__in=ids).order_by("depth"))
