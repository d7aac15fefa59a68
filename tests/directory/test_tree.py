"""Changing the tree by hand, and by a table."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ecoute.directory.actions.merging import merge_services
from ecoute.directory.actions.tree import add_alias, close_service, describe_service, move_service, reopen_service
from ecoute.directory.actions.tree_file import import_tree
from ecoute.directory.enums import Role
from ecoute.directory.errors import NotYours, Refused
from ecoute.directory.facade import branch_ids, learn_alias, match_service, scope_of, service_nodes
from ecoute.directory.models import Membership, Service, ServiceAlias
from tests.factories.people import make_service, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def _shape():
    return [(node.name, node.depth) for node in service_nodes()]


def _paths_are_true() -> bool:
    by_id = {service.pk: service for service in Service.objects.all()}
    return all(
        service.path == f"{by_id[service.parent_id].path if service.parent_id else ''}{service.pk:08d}."
        and service.depth == service.path.count(".") - 1
        for service in by_id.values()
    )


def test_a_moved_branch_takes_its_descendants_and_their_readers_along(house):
    administrator = house.people["administrator"]

    move_service(service=house.taxes, parent_id=house.customs.pk, by=administrator)

    assert _shape() == [("Ministère", 0), ("Douanes", 1), ("Impôts", 2), ("Accueil de Lyon", 3)]
    assert _paths_are_true()
    assert scope_of(house.people["correspondent"]).service_ids == {house.customs.pk, house.taxes.pk, house.counter.pk}


def test_a_branch_moves_to_the_first_level(house):
    move_service(service=house.taxes, parent_id=None, by=house.people["administrator"])

    assert _shape() == [("Impôts", 0), ("Accueil de Lyon", 1), ("Ministère", 0), ("Douanes", 1)]
    assert _paths_are_true()


def test_a_branch_is_not_put_inside_itself(house):
    for parent in (house.taxes, house.counter):
        with pytest.raises(Refused):
            move_service(service=house.taxes, parent_id=parent.pk, by=house.people["administrator"])

    assert _paths_are_true()


def test_the_tree_has_a_floor(db):
    parent = None
    for level in range(21):
        parent = make_service(f"Niveau {level}", parent)

    with pytest.raises(Refused):
        make_service("Trop profond", parent)


def test_a_branch_administrator_moves_nothing_out_of_the_branch(house):
    for parent_id in (None, house.customs.pk):
        with pytest.raises(NotYours):
            move_service(service=house.counter, parent_id=parent_id, by=house.people["branch_administrator"])


def test_a_renamed_service_is_still_recognised_by_its_former_name(house):
    describe_service(
        service=house.taxes,
        name="Finances publiques",
        short_name="DGFiP",
        kind="service",
        by=house.people["administrator"],
    )

    found = [match_service(name) for name in ("Finances publiques", "impots", "dgfip")]
    assert found == [house.taxes.pk] * 3


def test_a_closed_branch_is_kept_and_reopens_as_it_was(house):
    administrator = house.people["administrator"]
    other = make_service("Déjà fermé", house.taxes)
    close_service(service=other, by=administrator)

    closed = close_service(service=house.taxes, by=administrator)
    between = [node.name for node in service_nodes() if node.is_active]
    reopen_service(service=Service.objects.get(pk=house.taxes.pk), with_ids=closed, by=administrator)

    assert between == ["Ministère", "Douanes"]
    assert [node.name for node in service_nodes() if not node.is_active] == ["Déjà fermé"]
    assert house.taxes.pk in branch_ids(house.ministry.pk)


def test_two_services_become_one(house):
    double = make_service("Direction des impôts", house.ministry, short_name="DI")
    office = make_service("Accueil de Nantes", double)
    ServiceAlias.objects.create(service=double, written="Dir. impôts", folded="dir impots")
    Membership.objects.create(user=house.people["agent"], role=Role.AGENT, service=double)

    merge_services(kept=house.taxes, gone=double, by=house.people["administrator"])

    names = ("Direction des impôts", "DI", "dir impots")
    assert [match_service(name) for name in names] == [house.taxes.pk] * 3
    assert office.pk in branch_ids(house.taxes.pk)
    assert not Service.objects.filter(pk=double.pk).exists()
    assert house.taxes.pk in scope_of(house.people["agent"]).service_ids
    assert _paths_are_true()


def test_a_service_is_not_merged_with_one_of_its_own(house):
    for kept in (house.taxes, house.counter):
        with pytest.raises(Refused):
            merge_services(kept=kept, gone=house.taxes, by=house.people["administrator"])


@pytest.mark.parametrize("what", ["rename", "move", "close", "alias"])
def test_the_last_change_of_the_tree_is_taken_back(client, house, what):
    client.force_login(house.people["administrator"])
    alias = ServiceAlias.objects.create(service=house.taxes, written="Le fisc", folded="le fisc")
    pk = house.taxes.pk
    url, data = {
        "rename": ("directory:service", {"name": "Autre nom", "short_name": "", "kind": "administration"}),
        "move": ("directory:move_service", {"parent": house.customs.pk}),
        "close": ("directory:close_service", {}),
        "alias": ("directory:forget_alias", {}),
    }[what]
    before = _state(pk)

    answer = client.post(reverse(url, args=[alias.pk if what == "alias" else pk]), data)
    changed = _state(pk)
    client.post(reverse("directory:undo"))

    assert answer.status_code == 302
    assert changed != before
    assert _state(pk) == before


def _state(pk):
    service = Service.objects.get(pk=pk)
    aliases = set(service.aliases.values_list("folded", flat=True)) - {"autre nom"}
    return service.name, service.short_name, service.kind, service.path, service.is_active, aliases


def test_a_service_is_made_found_and_given_another_writing(client, house):
    client.force_login(house.people["branch_administrator"])

    made = client.post(
        reverse("directory:new_service"),
        {"name": "Trésorerie de Brest", "short_name": "", "kind": "service", "parent": house.taxes.pk},
        follow=True,
    )
    service = Service.objects.get(name="Trésorerie de Brest")
    client.post(reverse("directory:add_alias", args=[service.pk]), {"written": "TP Brest"})
    found = client.get(reverse("directory:services"), {"words": "tp brest"})

    assert made.status_code == 200
    assert service.parent == house.taxes
    assert [one.name for one in found.context["page"]] == ["Trésorerie de Brest"]


def test_above_two_hundred_services_a_name_is_written_and_helped(client, house):
    for number in range(200):
        make_service(f"Bureau {number}", house.customs)
    client.force_login(house.people["administrator"])
    url = reverse("directory:new_service")

    near = client.post(url, {"name": "Annexe", "kind": "service", "parent": "Douane"})
    client.post(url, {"name": "Annexe", "kind": "service", "parent": "DOUANES"})

    assert "Pensiez-vous à : Douanes" in near.content.decode()
    assert Service.objects.get(name="Annexe").parent == house.customs


def test_the_tree_goes_out_and_comes_back_unchanged(client, house):
    client.force_login(house.people["administrator"])
    ServiceAlias.objects.create(service=house.taxes, written="Le fisc", folded="le fisc")
    table = b"".join(client.get(reverse("directory:export_tree")).streaming_content)

    result = import_tree(content=table, by=house.people["administrator"])

    lines = table.decode("utf-8-sig").splitlines()
    assert lines[1] == f"{house.ministry.pk};Ministère;;administration;;;;oui"
    assert lines[3] == f"{house.taxes.pk};Impôts;DGFiP;service;Ministère;;Le fisc;oui"
    assert (result.made, result.changed, result.unchanged, result.problems) == (0, 0, 4, [])


def test_a_table_makes_what_is_missing_and_says_what_it_left_out(client, house):
    client.force_login(house.people["administrator"])
    rows = [
        "Nom;Sous;Sigle;Autres écritures",
        "Trésorerie;Ministère > Impôts;TP;Trésor public | La trésorerie",
        "Musée;Culture > Musées;;",
        ";Ministère;;",
        "=cmd();;;",
    ]
    file = SimpleUploadedFile("services.csv", "\n".join(rows).encode("cp1252"))

    page = client.post(reverse("directory:import_tree"), {"file": file})

    result = page.context["result"]
    assert (result.made, result.problems) == (3, [(4, "", "Le nom manque.")])
    assert ("Ligne 4" in page.content.decode()) is True
    assert Service.objects.get(name="Trésorerie").parent == house.taxes
    assert match_service("trésor public") == Service.objects.get(name="Trésorerie").pk
    assert [
        node.name for node in service_nodes() if node.path.startswith(Service.objects.get(name="Culture").path)
    ] == [
        "Culture",
        "Musées",
        "Musée",
    ]
    export = b"".join(client.get(reverse("directory:export_tree")).streaming_content).decode()
    assert ";'=cmd();" in export  # no spreadsheet takes it for a formula


def test_a_table_of_a_branch_administrator_stays_in_the_branch(house):
    rows = (
        f"identifiant;nom;sous\n{house.customs.pk};Pirates;\n;Annexe;Ministère > Douanes\n;Guichet;Ministère > Impôts\n"
    )

    result = import_tree(content=rows.encode(), by=house.people["branch_administrator"])

    assert [line for line, _name, _reason in result.problems] == [2, 3]
    assert result.made == 1
    assert Service.objects.get(pk=house.customs.pk).name == "Douanes"


def test_a_table_without_names_is_refused_and_explained(client, house):
    client.force_login(house.people["administrator"])

    page = client.post(reverse("directory:import_tree"), {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n")})

    assert "Ce fichier n’a pas de colonne « nom »." in page.content.decode()


def test_no_branch_takes_the_writings_of_another():
    here, there = make_service("Ici"), make_service("Préfecture du Rhône")
    learn_alias(written="Pref 69", service_id=there.pk, by=None)
    by = make_user(Role.ADMINISTRATOR, here)

    for written in ("Pref 69", "préfecture du rhone"):
        with pytest.raises(NotYours):
            add_alias(service=here, written=written, by=by)
        result = import_tree(content=f"identifiant;nom;autres ecritures\n{here.pk};Ici;{written}\n".encode(), by=by)
        assert len(result.problems) == 1
        assert match_service(written) == there.pk
    add_alias(service=here, written="Nous", by=by)
    assert match_service("nous") == here.pk


def test_a_number_that_is_none_is_no_fault(client):
    by = make_user(Role.ADMINISTRATOR)
    client.force_login(by)

    assert client.get(reverse("directory:new_service"), {"sous": "²"}).status_code == 200
    assert len(import_tree(content="identifiant;nom\n²;Ici\n".encode(), by=by).problems) == 1
