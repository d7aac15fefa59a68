"""Which engines exist for each step. Built-ins are a constant; others come by entry points ``ecoute.engines``.

An entry point is named ``<step>.<slug>`` and points at a class or a factory. Our own enter by the same check: an engine
that does not fit the protocol of its step stops the start with a message that says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from . import ports

GROUP = "ecoute.engines"

PORTS: dict[str, type] = {
    "language": ports.LanguageDetector,
    "masking": ports.Masker,
    "segments": ports.Segmenter,
    "embedding": ports.Embedder,
    "themes": ports.ThemeCoder,
    "polarity": ports.PolarityCoder,
    "nature": ports.NatureCoder,
    "phrases": ports.PhraseExtractor,
    "duplicates": ports.DuplicateFinder,
    "discovery": ports.Discoverer,
    "stems": ports.Stemmer,
}

_HERE = "ecoute.methods.text.engines"
BUILT_IN: dict[str, str] = {
    "language.py3langid": f"{_HERE}.language.restricted:RestrictedLanguageDetector",
    "masking.rules": f"{_HERE}.masking.rules:RuleMasker",
    "masking.recogniser": f"{_HERE}.masking.recogniser:RecogniserMasker",
    "segments.clauses": f"{_HERE}.segments.clauses:ClauseSegmenter",
    "embedding.use": f"{_HERE}.embedding.use:UseEmbedder",
    "embedding.e5": f"{_HERE}.embedding.e5:E5Embedder",
    "embedding.both": f"{_HERE}.embedding.both:BothEmbedder",
    "embedding.onnx": f"{_HERE}.embedding.onnx:OnnxEmbedder",
    "themes.codebook": f"{_HERE}.themes.codebook:CodebookCoder",
    "themes.learned": f"{_HERE}.themes.learned:LearnedThemeCoder",
    "polarity.blend": f"{_HERE}.polarity.blend:BlendPolarity",
    "nature.patterns": f"{_HERE}.nature.patterns:PatternNature",
    "phrases.ngrams": f"{_HERE}.phrases.ngrams:NgramPhrases",
    "duplicates.minhash": f"{_HERE}.duplicates.minhash:MinHashDuplicates",
    "discovery.kmeans": f"{_HERE}.discovery.kmeans:KMeansDiscoverer",
    "stems.snowball": f"{_HERE}.stems.snowball:SnowballStemmer",
}


class UnknownEngineError(LookupError):
    """No engine of that name for that step."""


class MissingPackagesError(ImportError):
    """An engine whose packages are not installed; says which, and how they are."""

    def __init__(self, slug: str, packages: Iterable[str]) -> None:
        self.packages = tuple(packages)
        super().__init__(
            f"the engine {slug!r} needs {', '.join(self.packages)}: install them with « sh tools/install.sh fine »"
        )


class EngineFolderError(ValueError):
    """A folder that an engine was told to read and that does not hold what it needs."""


class UnfitEngineError(TypeError):
    """An engine that does not keep the protocol of its step."""


def check(step: str, engine: object) -> None:
    """Raise ``UnfitEngineError`` naming every attribute that ``engine`` lacks for ``step``."""
    port = PORTS.get(step)
    if port is None:
        raise UnfitEngineError(f"no such step: {step!r} (steps: {', '.join(PORTS)})")
    wanted = {"name", "version", "network"} | _members(port)
    missing = sorted(name for name in wanted if not hasattr(engine, name))
    if missing:
        raise UnfitEngineError(f"{type(engine).__name__} is no engine for {step!r}: it lacks {', '.join(missing)}")


def _members(port: type) -> set[str]:
    return {name for name in vars(port) if not name.startswith("_")}


class Engines:
    """Slug ``step.engine`` → factory. Later registrations of the same slug are refused."""

    def __init__(self, built_in: dict[str, str] | None = None) -> None:
        self._sources: dict[str, str | Callable[..., Any]] = dict(BUILT_IN if built_in is None else built_in)

    def register(self, slug: str, factory: Callable[..., Any]) -> None:
        """Add a factory. Raises ``ValueError`` when the slug is taken or names no known step."""
        if slug in self._sources:
            raise ValueError(f"engine {slug!r} is registered twice")
        if slug.partition(".")[0] not in PORTS:
            raise ValueError(f"engine {slug!r} names no known step (steps: {', '.join(PORTS)})")
        self._sources[slug] = factory

    def load_entry_points(self, found: Iterable[Any] | None = None) -> None:
        """Register what other packages offer under ``ecoute.engines``."""
        for point in entry_points(group=GROUP) if found is None else found:
            self.register(point.name, point.load())

    def slugs(self, step: str | None = None) -> list[str]:
        """All slugs, or those of one step."""
        return sorted(s for s in self._sources if step is None or s.startswith(f"{step}."))

    def create(self, slug: str, **options: Any) -> Any:
        """Build the engine and check it against its port."""
        source = self._sources.get(slug)
        if source is None:
            raise UnknownEngineError(f"no engine {slug!r}; there are: {', '.join(self.slugs())}")
        engine = (_resolve(source) if isinstance(source, str) else source)(**options)
        check(slug.partition(".")[0], engine)
        return engine


def _resolve(path: str) -> Callable[..., Any]:
    module, _, name = path.partition(":")
    factory: Callable[..., Any] = getattr(import_module(module), name)
    return factory


_offered: dict[str, Callable[..., Any]] = {}


def offer(slug: str, factory: Callable[..., Any]) -> None:
    """Add an engine that needs more than this package may know (the network, settings); a later offer replaces it."""
    _offered[slug] = factory


def withdraw(slug: str) -> None:
    """Take an offer back; nothing when there is none."""
    _offered.pop(slug, None)


def installed_engines() -> Engines:
    """The built-in engines, those of every installed package, and those offered in this process."""
    engines = Engines()
    engines.load_entry_points()
    for slug, factory in _offered.items():
        engines.register(slug, factory)
    return engines
