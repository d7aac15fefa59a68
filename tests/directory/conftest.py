"""A small administration, and somebody of each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache

from ecoute.directory.enums import Role
from tests.factories.people import make_service, make_user


@pytest.fixture(autouse=True)
def _attempts_forgotten():
    """Throttling counts attempts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@dataclass
class House:
    """A ministry with two directions, one of which has an administrator of its own."""

    ministry: Any
    taxes: Any
    counter: Any
    customs: Any
    people: dict[str, Any]


@pytest.fixture
def house(db) -> House:
    ministry = make_service("Ministère", kind="administration")
    taxes = make_service("Impôts", ministry, short_name="DGFiP")
    counter = make_service("Accueil de Lyon", taxes)
    customs = make_service("Douanes", ministry)
    people = {
        "agent": make_user(Role.AGENT, counter, name="Alix Agent"),
        "head": make_user(Role.HEAD, taxes, name="Dominique Chef"),
        "quality_officer": make_user(Role.QUALITY_OFFICER, name="Camille Mission"),
        "correspondent": make_user(Role.CORRESPONDENT, customs, name="Andrea Réseau"),
        "auditor": make_user(Role.AUDITOR, name="Claude Audit"),
        "administrator": make_user(Role.ADMINISTRATOR, name="Sacha Admin"),
        "branch_administrator": make_user(Role.ADMINISTRATOR, taxes, name="Lou Branche"),
        "unsafe_administrator": make_user(Role.ADMINISTRATOR, name="Noa Sans", second_factor=False),
    }
    return House(ministry, taxes, counter, customs, people)
