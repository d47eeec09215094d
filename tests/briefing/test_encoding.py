"""Sentence encoders: chosen, refused, asked once; their vectors kept; what a comparison says."""

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reader.briefing import encoders, encoding, keep_comparison, known_comparison
from reader.briefing.comparisons import compare_reports
from reader.briefing.encoders import EncoderChoice, choice_of
from reader.config import load
from reader.errors import EncoderError
from reader.library import Library
from reader.library.sentence_vectors import FILE, SentenceVectors
from reader.model import Article, Comparison, article_id

TEXTS = (
    "The ferry to Holm ran aground on Monday. Nobody was hurt, the harbour master said.",
    "On Monday the ship bound for Holm hit a sandbank. All 14 aboard are well.",
)
needs_package = pytest.mark.skipif(
    bool(encoders.problem(EncoderChoice())), reason="the extra with the encoder is not installed"
)
needs_onnx = pytest.mark.skipif(
    any(find_spec(one) is None for one in ("onnx", "onnxruntime", "tokenizers")),
    reason="the extra for a model in a folder is not installed",
)


class Fake:
    """Makes vectors of the letters of a sentence, and remembers what it was asked."""

    name = "fake 1"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False

    def encode(self, sentences: Sequence[str]) -> Any:
        if self.fails:
            raise EncoderError("The fake is out of order.")
        self.asked += sentences
        rows = np.array([[s.lower().count(letter) for letter in "aehnos"] for s in sentences])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    monkeypatch.setattr(encoders, "name_of", lambda _choice: made.name)
    monkeypatch.setattr(encoders, "load", lambda _choice: made)
    return made


@pytest.fixture
def reports() -> list[Article]:
    return [article(0), article(1)]


def article(number: int) -> Article:
    when = datetime(2025, 3, 10, 9 + number, tzinfo=UTC)
    return Article(
        article_id(f"encoded {number}"), f"encoded {number}", f"Outlet {number}",
        f"The ferry to Holm {number}", TEXTS[number], when, published=when, language="en",
    )  # fmt: skip


CHOICE = EncoderChoice()


def test_each_sentence_is_encoded_once_and_then_taken_from_the_library(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    first = encoding.sentence_vectors(reports, CHOICE, tmp_path)
    assert sorted(fake.asked) == sorted(first)
    assert len(first) == 4
    again = encoding.sentence_vectors(reports, CHOICE, tmp_path)
    assert len(fake.asked) == 4
    assert all((again[text] == vector).all() for text, vector in first.items())
    changed = replace(reports[1], text=f"{TEXTS[1]} The crew was taken ashore.")
    encoding.sentence_vectors([reports[0], changed], CHOICE, tmp_path)
    assert fake.asked[4:] == ["The crew was taken ashore."]


def test_vectors_of_another_encoder_are_not_taken(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    encoding.sentence_vectors(reports, CHOICE, tmp_path)
    fake.name = "fake 2"
    encoding.sentence_vectors(reports, CHOICE, tmp_path)
    assert len(fake.asked) == 8


def test_without_a_library_nothing_is_written(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    assert len(encoding.sentence_vectors(reports, CHOICE)) == 4
    encoding.sentence_vectors(reports, CHOICE, tmp_path, read_only=True)
    assert not list(tmp_path.iterdir())


def test_what_is_stopped_keeps_what_it_has(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    many = replace(reports[0], text=" ".join(f"Boat {n} is safe." for n in range(40)))
    stops = iter([False, True])
    found = encoding.sentence_vectors([many], CHOICE, tmp_path, stop=lambda: next(stops))
    assert len(found) == encoding.BATCH
    assert len(encoding.sentence_vectors([many], CHOICE, tmp_path)) == 40
    assert len(fake.asked) == 40


def test_a_comparison_gets_the_vectors_and_says_which_encoder_was_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    given: list[Mapping[str, Any] | None] = []

    def compare(articles: Sequence[Article], *, progress: Any, encoded: Any = None) -> Comparison:
        progress(1.0)
        given.append(encoded)
        return Comparison(articles=(), notes=("A note.",))

    monkeypatch.setattr("reader.compare.compare", compare)
    shares: list[float] = []
    with_it = compare_reports(reports, CHOICE, tmp_path, progress=shares.append)
    assert with_it.notes == ("A note.", "The sentence encoder fake 1 was used.")
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert compare_reports(reports, None).notes == ("A note.",)
    fake.fails = True
    fake.name = "fake 3"
    failed = compare_reports(reports, CHOICE, tmp_path)
    assert failed.notes[-1] == "No sentence encoder was used: The fake is out of order."
    assert [vectors and len(vectors) for vectors in given] == [4, None, None]


def test_comparisons_with_and_without_an_encoder_are_kept_apart(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    plain = Comparison(articles=(), notes=())
    used = Comparison(articles=(), notes=(encoding.used(fake.name),))
    keep_comparison(tmp_path, reports, plain)
    assert known_comparison(tmp_path, reports, CHOICE) is None
    keep_comparison(tmp_path, reports, plain, CHOICE)  # the encoder failed: tried again next time
    assert known_comparison(tmp_path, reports, CHOICE) is None
    keep_comparison(tmp_path, reports, used, CHOICE)
    assert known_comparison(tmp_path, reports, CHOICE) == used
    assert known_comparison(tmp_path, reports) == plain


def test_the_newest_stories_of_a_library_are_encoded_in_the_background(
    tmp_path: Path, fake: Fake, reports: list[Article]
) -> None:
    with Library.open(tmp_path / "l") as library:
        library.add(reports)
        library.stories.update()
        library.stories.put_into([reports[1].id], reports[0].id)
        assert not encoding.encode_stories(library, CHOICE, 60.0)
        assert len(fake.asked) == 4
        assert not encoding.encode_stories(library, CHOICE, 60.0)
        assert len(fake.asked) == 4
        fake.name = "fake 2"
        assert encoding.encode_stories(library, CHOICE, 0.0)


def test_a_damaged_file_of_vectors_is_begun_again(tmp_path: Path) -> None:
    vectors = SentenceVectors(tmp_path)
    row = np.array([0.6, 0.8], np.float32)
    vectors.keep("e", {"One.": row})
    (tmp_path / FILE).write_bytes(b"no database, " * 1000)
    assert vectors.known("e", ["One."]) == {}
    vectors.keep("e", {"One.": row})
    assert vectors.known("e", ["One.", "Two."])["One."] == pytest.approx(row, abs=1e-3)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_of_too_many_vectors_those_used_longest_ago_go(tmp_path: Path) -> None:
    vectors = SentenceVectors(tmp_path, most=20)
    row = np.array([1.0], np.float32)
    vectors.keep("e", {f"Old {n}.": row for n in range(20)})
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("UPDATE vectors SET used = used - 9")
    assert vectors.known("e", ["Old 7."])  # used today
    vectors.keep("e", {"New.": row})
    left = vectors.known("e", ["New.", *(f"Old {n}." for n in range(20))])
    assert {"New.", "Old 7."} <= set(left)
    assert len(left) <= 20


def test_a_link_in_the_place_of_the_file_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "precious"
    elsewhere.write_text("precious")
    folder = tmp_path / "l"
    folder.mkdir()
    (folder / FILE).symlink_to(elsewhere)
    SentenceVectors(folder).keep("e", {"One.": np.array([1.0], np.float32)})
    assert elsewhere.read_text() == "precious"


def test_the_configuration_names_the_encoder(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[compare]\nencoder = "models/small"\nencoder_prefix = "query: "\n')
    settings, problems = load(file)
    assert not problems
    assert encoders.chosen(settings) == EncoderChoice(tmp_path / "models/small", "query: ")
    assert choice_of("off") is None
    assert choice_of("package") == EncoderChoice()
    file.write_text("[compare]\nencoder = 7\n")
    settings, problems = load(file)
    assert encoders.chosen(settings) is None
    assert problems == [
        'config.toml, line 2: compare.encoder: expected "off", "package" or a folder'
    ]


def test_a_folder_without_a_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = encoders.problem(EncoderChoice(tmp_path / "nothing"))
    assert "There is no sentence encoder in" in told
    assert "model.onnx" in told


def test_a_missing_package_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "PACKAGE", "no-such-package-at-all")
    assert "install reader-tui[encoder]" in encoders.problem(EncoderChoice())


@needs_package
def test_weights_that_are_not_the_known_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders, "WEIGHTS_SHA256", hashlib.sha256(b"other").hexdigest())
    with pytest.raises(EncoderError, match="not the ones known"):
        encoders.load(EncoderChoice(prefix="a choice that no other test loads"))


@needs_package
def test_the_package_finds_a_paraphrase_and_a_translation() -> None:
    rows = encoders.load(EncoderChoice()).encode(
        [
            "The ship ran aground in thick fog.",
            "In dense fog, the vessel hit a sandbank.",
            "Das Schiff lief im dichten Nebel auf Grund.",
            "The bakery sells rye bread.",
            "a\0b \ud800 " + "word " * 3000,
            "",
        ]
    )
    assert np.isfinite(rows).all()
    assert np.linalg.norm(rows[:5], axis=1) == pytest.approx(1, abs=1e-4)
    like = rows @ rows.T
    assert like[0, 1] > like[0, 3] + 0.05
    assert like[0, 2] > like[0, 3] + 0.05


@needs_onnx
def test_a_model_in_a_folder_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    tiny_model(folder)
    choice = EncoderChoice(folder)
    assert not encoders.problem(choice)
    encoder = encoders.load(choice)
    assert encoder.name.startswith("tiny (")
    rows = encoder.encode(["ferry aground", "aground ferry ferry ferry", "bread"])
    assert rows[0] == pytest.approx([0.5**0.5, 0.5**0.5, 0.0])
    assert rows[1] == pytest.approx(np.array([3, 1, 0]) / 10**0.5)  # padding counts for nothing
    assert rows[2] == pytest.approx([0.0, 0.0, 1.0])
    assert encoders.name_of(replace(choice, prefix="query: ")) != encoder.name
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        encoders.load(replace(choice, prefix="again"))


def tiny_model(folder: Path) -> None:
    """Write a model that knows three words, each on an axis of its own."""
    from onnx import TensorProto, helper, save
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder.mkdir()
    words = {"[PAD]": 0, "ferry": 1, "aground": 2, "bread": 3}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[PAD]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.vstack([np.full((1, 3), 9.0), np.eye(3)]).astype(np.float32)
    weights = helper.make_tensor("table", TensorProto.FLOAT, [4, 3], table.ravel())
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "t"])
    out = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["n", "t", 3])
    node = helper.make_node("Gather", ["table", "input_ids"], ["states"])
    graph = helper.make_graph([node], "tiny", [ids], [out], [weights])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    made.ir_version = 8
    save(made, str(folder / "model.onnx"))


def test_a_comparison_is_not_kept_under_an_encoder_that_is_not_there(
    tmp_path: Path, reports: list[Article]
) -> None:
    missing = EncoderChoice(tmp_path / "nothing")
    keep_comparison(tmp_path, reports, Comparison(articles=()), missing)
    assert known_comparison(tmp_path, reports, missing) is None
    assert known_comparison(tmp_path, reports) is None
