"""Foreign keys point downwards: import-linter does not see those written as strings."""

import pytest
from django.apps import apps

pytestmark = pytest.mark.repository

# Lowest first.
FLOORS = ["core", "ui", "directory", "verbatims", "coding", "discovery", "indicators", "watch", "portal"]
FRAMEWORK = {"auth", "contenttypes", "sessions", "account", "mfa"}


def _links() -> list[tuple[str, str, str]]:
    return [
        (model._meta.app_label, f"{model._meta.label}.{field.name}", field.related_model._meta.app_label)
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
    ]


def test_every_foreign_key_points_to_its_own_floor_or_below():
    upwards = [
        (name, target)
        for floor, name, target in _links()
        if target not in FRAMEWORK and FLOORS.index(target) > FLOORS.index(floor)
    ]
    # The user model is named by AUTH_USER_MODEL: core says who, and does not know what a user is.
    assert [name for name, target in upwards if target != "directory"] == []
    assert {name for name, _ in upwards} <= {"core.AuditEntry.actor", "core.Job.created_by"}


def test_there_are_foreign_keys_to_look_at():
    assert len(_links()) > 20
