"""Fills a library with generated articles: no text of others, the same each time.

    python benchmarks/generate.py FOLDER [--articles 100000] [--sources 200] [--words 400]

The words are made of syllables and occur as words do (Zipf's law), between function words of
English; each article is about something, so that its rarer words come again in it. `rareword` is in
about one article of a thousand, `commonword` in every second.
"""

import argparse
import itertools
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.library import Library
from reader.model import Article, Block, article_id, identity_of

FUNCTION_WORDS = (
    "the of and to in a is that for it was on are as with his they at be this from have or by one"
    " had not but what all were when we there can an your which their said if do will each about"
    " how up out them then she many some so these would other into has more her two like him"
)
START = datetime(2024, 1, 1, tzinfo=UTC)
PARAGRAPH = 60
POOL = 450_000
MINUTES = 3
"""Between two articles."""


def vocabulary(size: int, chance: random.Random) -> list[str]:
    """Return so many different words of two to four syllables."""
    syllables = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s")]
    words: dict[str, None] = {}
    while len(words) < size:
        words["".join(chance.choices(syllables, k=chance.randint(2, 4)))] = None
    return list(words)


class Writer:
    """Writes articles of the same length about given topics."""

    def __init__(self, chance: random.Random, *, sources: int = 200, words: int = 400) -> None:
        """Make up a vocabulary, the outlets' names, and much text that is about nothing."""
        self.content = vocabulary(20_000, chance)
        weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(self.content))))
        common = chance.choices(self.content, cum_weights=weights, k=5 * POOL // 9)
        self._pool = common + chance.choices(FUNCTION_WORDS.split(), k=4 * POOL // 9)
        chance.shuffle(self._pool)
        kinds = itertools.cycle(["Post", "Times", "News", "Herald"])
        self._outlets = [f"{w.capitalize()} {next(kinds)}" for w in vocabulary(sources, chance)]
        self._chance = chance
        self._words = words

    def words(self, topic: list[str], chance: random.Random) -> list[str]:
        """Return the words of a text: one of ten of its topic, two of five function words.

        Each takes its words from the same heap, at other distances: no two have more than a few
        words running in common.
        """
        step = chance.randrange(1, len(self._pool) // self._words)
        first = chance.randrange(len(self._pool) - step * self._words)
        said = self._pool[first : first + step * self._words : step]
        said[3::10] = chance.choices(topic, k=len(said[3::10]))
        return said

    def article(self, index: int, topic: list[str], said: list[str]) -> Article:
        """Return an article of any outlet."""
        if index % 2:
            said[7] = "commonword"
        if index % 1000 == 500:
            said[11] = "rareword"
        return _article(index, topic, self._chance.choice(self._outlets), said)


def articles(
    number: int, *, sources: int = 200, words: int = 400, seed: int = 1
) -> Iterator[Article]:
    """Yield generated articles, in the order of their time, one each three minutes."""
    chance = random.Random(seed)
    writer = Writer(chance, sources=sources, words=words)
    for index in range(number):
        topic = chance.choices(writer.content, k=8)
        yield writer.article(index, topic, writer.words(topic, chance))


def _article(index: int, topic: list[str], outlet: str, words: list[str]) -> Article:
    text, blocks = _laid_out(words)
    url = f"https://example.org/{outlet.replace(' ', '-').lower()}/{index}"
    identity = identity_of(url=url)
    when = START + timedelta(minutes=MINUTES * index)
    return Article(
        id=article_id(identity),
        identity=identity,
        source=outlet,
        title=f"{' '.join(topic[:5]).capitalize()} {index}",
        text=text,
        added=when,
        url=url,
        author=f"{topic[5].capitalize()} {topic[6].capitalize()}",
        language="en",
        published=when,
        blocks=blocks,
    )


def _laid_out(words: list[str]) -> tuple[str, tuple[Block, ...]]:
    """Return sentences of 17 words in paragraphs of 60 words, and where the paragraphs are."""
    paragraphs, blocks, at = [], [], 0
    for begin in range(0, len(words), PARAGRAPH):
        part = words[begin : begin + PARAGRAPH]
        sentences = [" ".join(part[i : i + 17]).capitalize() + "." for i in range(0, len(part), 17)]
        paragraphs.append(" ".join(sentences))
        blocks.append(Block(at, at + len(paragraphs[-1])))
        at += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs), tuple(blocks)


def fill(folder: Path, number: int, *, sources: int = 200, words: int = 400) -> float:
    """Fill the library in a folder, its stories formed; return how many seconds it took."""
    begin = time.perf_counter()
    with Library.open(folder) as library:
        made = articles(number, sources=sources, words=words)
        while batch := list(itertools.islice(made, 1000)):
            library.add(batch)
        library.stories.update()
    return time.perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    given = parser.parse_args()
    took = fill(given.folder, given.articles, sources=given.sources, words=given.words)
    print(f"{given.articles:,} articles in {took:.1f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
