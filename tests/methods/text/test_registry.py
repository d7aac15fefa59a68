"""The registry: every engine keeps its port, and one that does not is refused with a clear message."""

from types import SimpleNamespace

import pytest

from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.engines.embedding.use import UseEmbedder
from ecoute.methods.text.registry import (
    BUILT_IN,
    PORTS,
    Engines,
    UnfitEngineError,
    UnknownEngineError,
    check,
    installed_engines,
)

pytestmark = pytest.mark.unit
OPTIONS = {"themes.codebook": {"codebook": load_default(), "embedder": UseEmbedder()}}


@pytest.mark.parametrize("slug", sorted(BUILT_IN.keys() - {"embedding.onnx", "themes.learned"}))
def test_every_built_in_engine_keeps_its_port(slug: str) -> None:
    engine = installed_engines().create(slug, **OPTIONS.get(slug, {}))
    assert isinstance(engine, PORTS[slug.partition(".")[0]])
    assert engine.network is False
    assert engine.name
    assert engine.version


def test_each_step_has_an_engine() -> None:
    assert {slug.partition(".")[0] for slug in BUILT_IN} == set(PORTS)


def test_an_unfit_engine_is_refused_by_name() -> None:
    with pytest.raises(UnfitEngineError, match=r"SimpleNamespace is no engine for 'stems': it lacks network, stems"):
        check("stems", SimpleNamespace(name="x", version="1"))


def test_an_entry_point_enters_by_the_same_door() -> None:
    engines = Engines({})
    point = SimpleNamespace(
        name="stems.own", load=lambda: lambda: SimpleNamespace(name="x", version="1", network=False)
    )
    engines.load_entry_points([point])
    with pytest.raises(UnfitEngineError, match=r"it lacks stems"):
        engines.create("stems.own")


@pytest.mark.parametrize("slug", ["stems.snowball", "colour.red"])
def test_a_taken_or_homeless_slug_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match=r"registered twice|no known step"):
        Engines().register(slug, object)


def test_an_unknown_engine_names_those_there_are() -> None:
    with pytest.raises(UnknownEngineError, match=r"stems\.snowball"):
        Engines().create("stems.none")
