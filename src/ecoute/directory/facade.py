"""The door of the directory: what other rooms may call."""

from __future__ import annotations

from ecoute.directory.actions.demo import DemoAccount, create_demo_accounts
from ecoute.directory.actions.merging import on_merge
from ecoute.directory.actions.services import ensure_service, learn_alias
from ecoute.directory.enums import Permission, PlaceLevel, Role, ServiceKind
from ecoute.directory.gates import needs
from ecoute.directory.queries.access import Scope, can, can_everywhere, scope_of
from ecoute.directory.queries.holders import Holder, people_holding
from ecoute.directory.queries.places import PlaceNode, find_place, place_nodes
from ecoute.directory.queries.services import (
    ServiceIndex,
    ServiceNode,
    branch_ids,
    match_service,
    service_index,
    service_nodes,
    suggest_services,
)

__all__ = [
    "DemoAccount",
    "Holder",
    "Permission",
    "PlaceLevel",
    "PlaceNode",
    "Role",
    "Scope",
    "ServiceIndex",
    "ServiceKind",
    "ServiceNode",
    "branch_ids",
    "can",
    "can_everywhere",
    "create_demo_accounts",
    "ensure_service",
    "find_place",
    "learn_alias",
    "match_service",
    "needs",
    "on_merge",
    "people_holding",
    "place_nodes",
    "scope_of",
    "service_index",
    "service_nodes",
    "suggest_services",
]
