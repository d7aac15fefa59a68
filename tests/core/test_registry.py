from importlib.metadata import EntryPoint
from typing import Protocol, runtime_checkable

import pytest

from ecoute.core import registry
from ecoute.core.registry import Registry, RegistryError

pytestmark = pytest.mark.unit


@runtime_checkable
class Speaks(Protocol):
    name: str

    def speak(self) -> str: ...


class Dog:
    name = "chien"

    def speak(self) -> str:
        return "ouaf"


class Stone:
    name = "pierre"


def test_things_come_back_by_slug_in_order() -> None:
    animals: Registry[Speaks] = Registry("animals", of=Speaks)
    first = animals.register("rex", Dog())
    second = animals.register("médor", Dog())

    assert animals.get("rex") is first
    assert list(animals) == [first, second]
    assert "rex" in animals
    assert len(animals) == 2


def test_a_misfit_is_refused_and_told_what_it_lacks() -> None:
    animals: Registry[Speaks] = Registry("animals", of=Speaks)

    with pytest.raises(RegistryError, match="« caillou » is not a Speaks"):
        animals.register("caillou", Stone())  # type: ignore[arg-type]
    assert "caillou" not in animals


def test_two_things_of_one_name_are_refused_but_the_same_may_come_twice() -> None:
    animals: Registry[Speaks] = Registry("animals", of=Speaks)
    rex = animals.register("rex", Dog())

    assert animals.register("rex", rex) is rex
    with pytest.raises(RegistryError, match="two things"):
        animals.register("rex", Dog())


def test_an_unknown_name_lists_those_that_exist() -> None:
    animals: Registry[Speaks] = Registry("animals", of=Speaks)
    animals.register("rex", Dog())

    with pytest.raises(RegistryError, match=r"« milou » \(known: rex\)"):
        animals.get("milou")


def test_entry_points_are_added(monkeypatch) -> None:
    point = EntryPoint("rex", "tests.core.test_registry:REX", "ecoute.animals")
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] if group == "ecoute.animals" else [])
    animals: Registry[Speaks] = Registry("animals", of=Speaks, group="ecoute.animals")

    animals.load_entry_points()

    assert animals.get("rex") is REX


REX = Dog()
