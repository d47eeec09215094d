"""How long comparisons take, after the imports, and how their time grows with the sentences.

    python benchmarks/compare.py [--repeat 5]

Generated reports of one event: each tells a part of the same facts in words of its own, with
persons, quotations, numbers and times among them, so that there is something to link and to set
against each other. Each figure is the best of several, each on a story that was not seen before
(sentences and stems are cached). Where the machine is busy with other work, the CPU time is the
smaller figure and counts. Exits with 1 where a limit is broken.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program itself does

from generate import vocabulary

from reader.compare import compare
from reader.model import Article, article_id

LIMIT = 0.400
"""Seconds for five reports of 60 sentences."""
SQUARE = 1.25
"""How much faster than the square of the sentences the time may grow (it is measured in noise)."""
SIZES = ((2, 60), (5, 60), (10, 60), (20, 60), (20, 100))
PUBLISHED = datetime(2025, 3, 14, tzinfo=UTC)
CHANGED = 0.25
"""The share of its words that a report puts in words of its own."""


def fact(words: list[str], names: list[str], chance: random.Random) -> list[str]:
    """Return the words of one fact: plain, quoted, counted or dated."""
    said = chance.choices(words, k=chance.randint(9, 16))
    kind = chance.randrange(6)
    if kind == 0:
        return ['"The', *said[:8], "of", *said[8:], 'now,"', "said", *chance.sample(names, 2)]
    if kind == 1:
        return [str(chance.randint(2, 900)), "people", "were", *said]
    if kind == 2:
        return [*said, "in", chance.choice(["March", "August"]), str(chance.randint(2001, 2024))]
    if kind == 3:
        return ["The", "minister", *chance.sample(names, 2), *said, "on", "Thursday"]
    return ["The", *said[:6], "of", "the", *said[6:]]


def stories(reports: int, sentences: int) -> Iterator[list[Article]]:
    """Yield stories of so many reports of so many sentences, never the same one twice."""
    chance = random.Random(reports * 1000 + sentences)
    words = vocabulary(20_000, chance)
    story = 0
    while True:
        story += 1
        own = chance.sample(words, 600)
        names = [word.capitalize() for word in chance.sample(words, 40)]
        facts = [fact(own, names, chance) for _ in range(sentences * 2)]
        yield [
            report(story, number, chance.sample(facts, sentences), words, chance)
            for number in range(reports)
        ]


def report(
    story: int, number: int, facts: list[list[str]], words: list[str], chance: random.Random
) -> Article:
    """Return a report that tells these facts, partly in words of its own."""
    told = [
        " ".join(
            chance.choice(words) if word.islower() and chance.random() < CHANGED else word
            for word in said
        )
        for said in facts
    ]
    told = [said[:1].upper() + said[1:] for said in told]
    paragraphs = [". ".join(told[i : i + 3]) + "." for i in range(0, len(told), 3)]
    identity = f"id:{story} {number} {len(facts)}"
    when = PUBLISHED + timedelta(hours=number)
    text, source = "\n\n".join(paragraphs), f"Outlet {number}"
    title = f"Story {story}"
    known = {"language": "en", "published": when}
    return Article(article_id(identity), identity, source, title, text, when, **known)


def best(reports: int, sentences: int, repeat: int) -> tuple[float, float, int, int]:
    """Return the shortest time and CPU time of several, and the sentences and differences."""
    times, worked, counted, found = [], [], 0, 0
    for _, articles in zip(range(repeat), stories(reports, sentences), strict=False):
        begin, began = time.perf_counter(), time.process_time()
        comparison = compare(articles)
        times.append(time.perf_counter() - begin)
        worked.append(time.process_time() - began)
        counted = sum(len(article.sentences) for article in comparison.articles)
        found = len(comparison.differences)
    return min(times), min(worked), counted, found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    compare(next(stories(2, 12)))  # imports numpy and nltk's stemmer
    figures = {}
    print("reports × sentences   sentences   differences        time    CPU time   per sentence²")
    for reports, sentences in SIZES:
        times = repeat if reports <= 5 else 2
        seconds, worked, counted, found = best(reports, sentences, times)
        figures[reports, sentences] = min(seconds, worked), counted
        print(
            f"{reports:7} × {sentences:<9} {counted:11} {found:13} {seconds * 1000:8.0f} ms"
            f" {worked * 1000:8.0f} ms {min(seconds, worked) / counted**2 * 1e9:9.0f} ns",
            flush=True,
        )
    five, counted = figures[5, 60]
    largest, most = figures[SIZES[-1]]
    growth = largest / five
    print(f"\nfive reports of 60 sentences: {five * 1000:.0f} ms (to be under {LIMIT * 1000:.0f})")
    print(
        f"{most / counted:.1f} times the sentences take {growth:.1f} times as long"
        f" (to be at most {(most / counted) ** 2:.1f}, the square)"
    )
    if five > LIMIT or growth > SQUARE * (most / counted) ** 2:
        sys.exit(1)


if __name__ == "__main__":
    main()
