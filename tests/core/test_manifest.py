import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse

from ecoute.core.jobs.kinds import kind_named
from ecoute.core.manifest import GROUPS, MANIFESTS, MenuEntry, PersonalData, menu_entries, schedules
from ecoute.core.registry import RegistryError

pytestmark = pytest.mark.unit


def test_core_declares_itself() -> None:
    assert "core" in MANIFESTS
    assert "core.sweep" in {schedule.name for schedule in schedules()}


def test_menu_entries_come_by_group_then_order() -> None:
    places = [(GROUPS.index(entry.group), entry.order) for entry in menu_entries()]

    assert places == sorted(places)
    assert "core:journal" in {entry.url_name for entry in menu_entries()}


def test_every_menu_entry_leads_somewhere() -> None:
    for entry in menu_entries():
        assert reverse(entry.url_name).startswith("/")


def test_every_schedule_names_a_known_kind() -> None:
    for schedule in schedules():
        assert kind_named(schedule.kind).name == schedule.kind


def test_personal_data_names_fields_that_exist() -> None:
    declared: list[PersonalData] = [data for manifest in MANIFESTS for data in manifest.personal_data]

    assert declared
    for data in declared:
        known = {field.name for field in apps.get_model(data.model)._meta.get_fields()}
        assert set(data.fields) <= known, data.model


@pytest.mark.parametrize("room", ["coding", "watch", "discovery", "verbatims"])
def test_every_field_of_a_room_that_names_a_person_is_declared(room: str) -> None:
    declared = {(data.model, name) for data in MANIFESTS.get(room).personal_data for name in data.fields}
    naming = {
        (model._meta.label, field.name)
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.concrete_fields
        if field.related_model is get_user_model()
    }

    assert naming
    assert naming <= declared


def test_a_menu_entry_in_no_group_is_refused() -> None:
    with pytest.raises(RegistryError, match="converser"):
        MenuEntry(label="x", url_name="x", icon="x", group="ailleurs")  # type: ignore[arg-type]
