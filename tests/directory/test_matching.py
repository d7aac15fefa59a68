"""From the way a service is written in a file to the service."""

from __future__ import annotations

import time

import pytest

from ecoute.directory.facade import (
    branch_ids,
    ensure_service,
    learn_alias,
    match_service,
    service_index,
    service_nodes,
    suggest_services,
)
from ecoute.directory.models import Service
from ecoute.directory.queries.access import Scope
from ecoute.directory.queries.closeness import NameIndex
from tests.factories.people import make_service

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_name_is_matched_whatever_its_case_accents_and_punctuation():
    service = make_service("Caisse d’Allocations Familiales", short_name="CAF")

    written = ["CAISSE D'ALLOCATIONS FAMILIALES", "caisse d allocations  familiales", "caf", "Caisse", ""]

    assert [match_service(one) for one in written] == [service.pk, service.pk, service.pk, None, None]


def test_a_learned_alias_is_matched_and_can_be_learned_anew():
    one, other = make_service("Impôts des particuliers"), make_service("Impôts des entreprises")

    learn_alias(written="DGFiP - SIP", service_id=one.pk, by=None)
    first = match_service("dgfip sip")
    learn_alias(written="DGFIP SIP", service_id=other.pk, by=None)

    assert (first, match_service("dgfip - sip")) == (one.pk, other.pk)


def test_a_name_borne_by_two_services_is_not_guessed():
    make_service("Accueil", make_service("Préfecture"))
    make_service("Accueil", make_service("Mairie"))

    assert match_service("Accueil") is None
    assert [closeness for _, closeness in suggest_services("accueil")] == [1.0, 1.0]


def test_a_closed_service_leaves_its_name_to_the_open_one():
    closed, opened = make_service("Guichet"), make_service("Guichet")
    Service.objects.filter(pk=closed.pk).update(is_active=False)

    assert match_service("guichet") == opened.pk
    assert [node.id for node, _ in suggest_services("guichet")] == [opened.pk]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Caisse d'allocation familiale du Rhône", "Caisse d'allocations familiales du Rhône"),
        ("CPAM Rhone", "Caisse primaire d'assurance maladie (CPAM) du Rhône"),
        ("Prefecture de la Loire Atlantique", "Préfecture de la Loire-Atlantique"),
        ("Agense nationale des titre sécurisé", "Agence nationale des titres sécurisés"),
        ("ANTS", "Agence nationale des titres sécurisés"),
    ],
)
def test_the_closest_name_comes_first(written, expected):
    for name in [
        "Caisse d'allocations familiales du Rhône",
        "Caisse d'allocations familiales du Nord",
        "Caisse primaire d'assurance maladie (CPAM) du Rhône",
        "Préfecture de la Loire-Atlantique",
        "Préfecture de la Loire",
        "Agence nationale des titres sécurisés",
    ]:
        make_service(name)

    assert suggest_services(written)[0][0].name == expected


def test_nothing_close_suggests_nothing():
    make_service("Préfecture de la Loire")

    assert suggest_services("zzz") == []


def test_the_index_answers_a_hundred_names_over_fifteen_thousand_in_seconds():
    names = [(n, f"Centre des finances publiques de la commune {n} {chr(97 + n % 26) * 3}") for n in range(15_000)]
    started = time.perf_counter()

    index = NameIndex(names)
    found = [index.nearest(f"centre finance publique commune {n}", 1)[0][0] for n in range(0, 1_000, 10)]

    assert len(found) == 100
    assert time.perf_counter() - started < 20


def test_the_tree_comes_parents_first_and_brothers_by_name():
    root = make_service("Ministère")
    second = make_service("Écoles", root)
    first = make_service("Douanes", root)
    below = make_service("Accueil", second)

    assert [(node.name, node.depth, node.parent_id) for node in service_nodes()] == [
        ("Ministère", 0, None),
        ("Douanes", 1, root.pk),
        ("Écoles", 1, root.pk),
        ("Accueil", 2, second.pk),
    ]
    assert branch_ids(second.pk) == {second.pk, below.pk}
    assert [node.id for node in service_nodes(Scope(service_ids=frozenset({second.pk, below.pk})))] == [
        second.pk,
        below.pk,
    ]
    assert first.pk not in branch_ids(second.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_and_the_index_cost_the_same_whatever_the_number(count, django_assert_num_queries):
    for number in range(count):
        make_service(f"Service {number}")

    with django_assert_num_queries(1):
        service_nodes()
    with django_assert_num_queries(2):
        service_index()


def test_ensure_finds_before_it_makes():
    root = ensure_service(name="Ministère", by=None)
    by_name = ensure_service(name="MINISTERE", by=None)
    child = ensure_service(name="Douanes", parent_id=root, external_id="D1", by=None)
    renamed = ensure_service(name="Douanes et droits indirects", parent_id=root, external_id="D1", by=None)

    assert (by_name, renamed, Service.objects.count()) == (root, child, 2)
    assert Service.objects.get(pk=child).path == f"{root:08d}.{child:08d}."
